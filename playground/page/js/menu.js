// Things that open beside what was pressed: popovers, menus, and short notes at the foot of the page.
import { explain } from "./api.js";
import { h, uid } from "./dom.js";

let open = null;

/** Where floating things belong: inside the open dialog, else the page. */
export const layer = () => [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;

/** Shows `content` beside `anchor` until Esc, a press elsewhere, or the returned function. Focus goes back to the anchor. */
export function popover(anchor, content, { label, role = "dialog", focus = true, onclose } = {}) {
  open?.();
  const box = h("div", { class: "popover", role, "aria-label": label }, content);
  layer().append(box);
  const settle = () => beside(anchor, box);
  settle();
  const outside = (event) => {
    if (!box.contains(event.target) && !anchor.contains(event.target)) close(false);
  };
  const keys = (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
    if (event.key === "Tab" && role === "menu") close(false);
  };
  function close(back = true) {
    if (open !== close) return;
    open = null;
    box.remove();
    anchor.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    document.removeEventListener("keydown", keys, true);
    window.removeEventListener("resize", settle);
    if (back && anchor.isConnected) anchor.focus({ preventScroll: true });
    onclose?.();
  }
  open = close;
  anchor.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", outside, true);
  document.addEventListener("keydown", keys, true);
  window.addEventListener("resize", settle);
  if (focus)
    [...box.querySelectorAll(role === "menu" ? "[role=menuitem]" : "input,button,[tabindex]")]
      .find((one) => one.offsetParent !== null)
      ?.focus({ preventScroll: true });
  return close;
}

/** Puts `box` under or above `anchor`, wholly inside the window. */
export function beside(anchor, box) {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: w, offsetHeight: height } = box;
  const below = innerHeight - at.bottom > height + 8 || at.top < height + 8;
  const top = below ? at.bottom + 4 : at.top - height - 4;
  box.style.top = `${Math.max(8, Math.min(top, innerHeight - height - 8))}px`;
  box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - w - 8))}px`;
}

/** A menu of `{label, icon, danger, act}`; null entries are lines. Arrow keys walk it. */
export function menu(anchor, entries, { label, head } = {}) {
  const list = h(
    "div",
    { class: "menu" },
    head,
    entries.map((entry) =>
      entry === null
        ? h("hr", { role: "separator" })
        : entry.act
          ? h(
              "button",
              {
                class: `menu-item ${entry.danger ? "danger" : ""}`,
                role: "menuitem",
                type: "button",
                onclick: () => {
                  close();
                  entry.act();
                },
              },
              entry.icon,
              h("span", {}, entry.label),
              entry.note && h("small", { class: "dim" }, entry.note),
            )
          : h("div", { class: "menu-head" }, entry.label),
    ),
  );
  list.addEventListener("keydown", (event) => {
    const items = [...list.querySelectorAll("[role=menuitem]")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
  });
  const close = popover(anchor, list, { label, role: "menu" });
  return close;
}

/** A short note that goes by itself; read out politely. */
export function note(text) {
  const place =
    document.querySelector(".notes") ??
    document.body.appendChild(h("div", { class: "notes", role: "status", "aria-live": "polite" }));
  const line = h("div", { class: "note", id: uid("note") }, text);
  place.append(line);
  setTimeout(() => line.remove(), 4000);
}

/** Waits for an act; a refusal is said in a short note. */
export async function quietly(promise) {
  try {
    await promise;
  } catch (error) {
    note(explain(error));
  }
}
