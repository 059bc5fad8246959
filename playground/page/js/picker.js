// A select menu: a button that shows what is chosen, and a list one can search, by mouse, touch and keys.
import { composing, debounce, h, uid } from "./dom.js";
import { icon } from "./icons.js";
import { popover } from "./menu.js";
import { plainText } from "./mrkdwn.js";
import { t } from "./words.js";

const FEW = 6;

/**
 * Options are {id, label, note?, face?, raw}. `load(query)` gives groups [{label?, options}] (now or later); where `remote`, it is asked
 * again at every change of what is typed, from `least` characters on. `changed` hears each choice, `settled` the end of choosing.
 */
export function picker({ many, max, placeholder, attributes, chosen, clearable, least, remote, load, changed, settled, failed }) {
  let picked = chosen,
    close = null,
    before = "";
  const shown = h("span", { class: "picker-shown" });
  const node = h(
    "button",
    {
      ...attributes,
      class: "picker",
      type: "button",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      "data-testid": "picker",
      onclick: open,
      onkeydown: keyOpens,
    },
    shown,
    icon("chevron"),
  );
  const print = () => JSON.stringify(picked.map((one) => one.id));

  function show() {
    shown.replaceChildren(
      ...(picked.length
        ? picked.map((one) =>
            h("span", { class: many ? "chip" : "picker-one" }, one.face?.(), h("span", {}, plainText(one.label))),
          )
        : [h("span", { class: "dim" }, placeholder)]),
    );
    const said = picked.map((one) => one.label).join(", ") || placeholder;
    if (!attributes["aria-labelledby"]) node.setAttribute("aria-label", `${placeholder}: ${said}`);
  }

  function keyOpens(event) {
    if (event.key === "ArrowDown" && !close) {
      event.preventDefault();
      open();
    }
    if (event.key === "Backspace" && clearable && picked.length) take(many ? picked.slice(0, -1) : []);
  }

  function take(next) {
    picked = next;
    show();
    changed(picked);
  }

  function open() {
    if (close) {
      close();
      return;
    }
    before = print();
    const list = optionList({ many, max, load, least, remote, failed, picked: () => picked, take, done: () => close() });
    const clear =
      clearable && picked.length
        ? h(
            "button",
            {
              class: "link-btn",
              type: "button",
              onclick: () => {
                take([]);
                close();
              },
            },
            t("clear"),
          )
        : null;
    close = popover(node, [list.node, clear], {
      label: placeholder,
      onclose: () => {
        close = null;
        if (print() !== before) settled(picked);
      },
    });
    list.start();
  }

  show();
  return {
    node,
    set(next) {
      picked = next;
      show();
    },
  };
}

function optionList({ many, max, load, least, remote, failed, picked, take, done }) {
  const id = uid("list");
  const search = h("input", {
    type: "search",
    class: "field",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": id,
    "aria-autocomplete": "list",
    placeholder: t("search"),
    "aria-label": t("search"),
    "data-testid": "picker-search",
    autocomplete: "off",
  });
  const list = h("div", {
    class: "options",
    id,
    role: "listbox",
    "aria-multiselectable": many || null,
    "data-testid": "options",
  });
  let groups = [],
    rows = [],
    active = 0,
    turn = 0;

  const has = (option) => picked().some((one) => one.id === option.id);
  const fits = (option) =>
    remote || `${option.label} ${option.note ?? ""}`.toLowerCase().includes(search.value.trim().toLowerCase());

  function draw() {
    rows = [];
    const parts = [];
    for (const group of groups) {
      const options = group.options.filter(fits);
      if (!options.length) continue;
      if (group.label) parts.push(h("div", { class: "menu-head", role: "presentation" }, group.label));
      for (const option of options) parts.push(row(option));
    }
    list.replaceChildren(...(parts.length ? parts : [h("p", { class: "dim options-none" }, t("no_match"))]));
    mark(Math.min(active, rows.length - 1));
  }

  function row(option) {
    const at = rows.length;
    const node = h(
      "div",
      {
        class: "option",
        id: `${id}-${at}`,
        role: "option",
        "aria-selected": String(has(option)),
        onclick: () => choose(option),
        onpointermove: () => {
          if (active !== at) mark(at, false);
        },
      },
      option.face?.(),
      h(
        "span",
        { class: "option-text" },
        h("span", {}, plainText(option.label)),
        option.note && h("small", { class: "dim" }, option.note),
      ),
      has(option) && icon("check"),
    );
    rows.push({ option, node });
    return node;
  }

  function mark(at, scroll = true) {
    active = Math.max(0, at);
    rows.forEach((one, i) => one.node.classList.toggle("active", i === active));
    if (rows[active]) {
      search.setAttribute("aria-activedescendant", rows[active].node.id);
      if (scroll) rows[active].node.scrollIntoView({ block: "nearest" });
    }
  }

  function choose(option) {
    if (!many) {
      take([option]);
      done();
      return;
    }
    if (has(option)) take(picked().filter((one) => one.id !== option.id));
    else if (max && picked().length >= max) {
      list.prepend(h("p", { class: "error", role: "alert" }, t("max_items", { n: max })));
      return;
    } else take([...picked(), option]);
    draw();
    search.focus({ preventScroll: true });
  }

  async function ask() {
    const mine = ++turn;
    if ([...search.value.trim()].length < least) {
      groups = [];
      rows = [];
      list.replaceChildren(h("p", { class: "dim options-none" }, t("type_to_search")));
      return;
    }
    if (remote) list.replaceChildren(h("p", { class: "dim options-none" }, t("searching")));
    try {
      const found = await load(search.value.trim());
      if (mine !== turn) return;
      groups = found;
      draw();
    } catch (error) {
      if (mine === turn) list.replaceChildren(failed(error));
    }
  }

  const askSoon = debounce(ask, 200);
  search.addEventListener("input", () => {
    active = 0;
    if (remote) askSoon();
    else draw();
  });
  search.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      mark((active + step + rows.length) % Math.max(rows.length, 1));
    }
    if (event.key === "Enter" && !composing(event)) {
      event.preventDefault();
      if (rows[active]) choose(rows[active].option);
    }
  });

  async function start() {
    await ask();
    const total = groups.reduce((sum, group) => sum + group.options.length, 0);
    search.classList.toggle("seen-by-readers", !remote && total <= FEW);
    const at = rows.findIndex((one) => has(one.option));
    if (at > 0) mark(at);
    search.focus({ preventScroll: true });
  }

  return { node: h("div", { class: "picker-list" }, search, list), start };
}
