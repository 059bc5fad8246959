// Building and updating the page. Every string becomes a text node: data never becomes markup.

const SVG = "http://www.w3.org/2000/svg";
let serial = 0;

/** A fresh id for label/for, aria-controls and the like. */
export const uid = (stem = "id") => `${stem}-${++serial}`;

/** An element: `h("button", {class: "x", onclick: f, "aria-label": "…"}, child, [children], null)`. */
export function h(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** The same for SVG. */
export function svg(tag, props, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) set(node, name, value);
  append(node, children);
  return node;
}

function set(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "value" || name === "checked") node[name] = value;
  else if (name === "style") for (const [key, v] of Object.entries(value)) node.style.setProperty(key, v);
  else node.setAttribute(name, value === true ? "" : String(value));
}

/** Appends nodes, strings and nested arrays; null, undefined and false are nothing. */
export function append(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.append(child);
  }
  return node;
}

/** Runs `change` and puts the keyboard focus back on the element with the same data-key, if it was replaced. */
export function keepingFocus(root, change) {
  const held = root.contains(document.activeElement) ? document.activeElement : null;
  const key = held?.closest("[data-key]")?.dataset.key;
  const caret = held && "selectionStart" in held ? held.selectionStart : null;
  change();
  if (!held || held.isConnected || !key) return;
  const heir = root.querySelector(`[data-key="${CSS.escape(key)}"]`);
  heir?.focus({ preventScroll: true });
  if (heir && caret !== null && heir.setSelectionRange && heir.type !== "number") heir.setSelectionRange(caret, caret);
}

/** A place whose content is rebuilt only when what it shows has changed. */
export function slot(tag, props) {
  const node = h(tag, props);
  let shown;
  return {
    node,
    show(facts, build) {
      const print = JSON.stringify(facts) ?? "";
      if (print === shown) return false;
      shown = print;
      keepingFocus(node, () => {
        node.replaceChildren();
        append(node, build());
      });
      return true;
    },
  };
}

/** A list of parts `{node, update(item)}` kept by key: old ones are updated in place, moved, or removed. */
export function keyedList(parent) {
  let parts = new Map();
  return {
    parts: () => parts,
    show(items, keyOf, make) {
      const next = new Map();
      for (const item of items) {
        const key = keyOf(item);
        const part = parts.get(key) ?? make(item);
        next.set(key, part);
        part.update(item);
      }
      for (const [key, part] of parts) if (!next.has(key)) part.node.remove();
      let at = parent.firstChild;
      for (const part of next.values()) {
        if (part.node === at) at = at.nextSibling;
        else parent.insertBefore(part.node, at);
      }
      parts = next;
    },
  };
}

/** True while an input method is composing a syllable: Enter then belongs to it. */
export const composing = (event) => event.isComposing || event.keyCode === 229;

/** Calls `act` once, `wait` milliseconds after the last call. */
export function debounce(act, wait) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...args), wait);
  };
}

let pressed = null;
const press = () => {
  pressed ??= Promise.withResolvers();
};
/** After the click that a release makes. */
const release = () =>
  setTimeout(() => {
    pressed?.resolve();
    pressed = null;
  });
addEventListener("pointerdown", press, true);
for (const sign of ["pointerup", "pointercancel", "dragend"]) addEventListener(sign, release, true);
addEventListener("blur", release); // of the window alone
addEventListener("pointermove", (event) => event.buttons || release(), true);

/** Waits while the pointer is down: what is drawn anew between press and release takes the click away. */
export const released = () => pressed?.promise;
