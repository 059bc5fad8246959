// Emoji: names to characters, skin tones, and the picker.
import { composing, h } from "./dom.js";
import { popover } from "./menu.js";
import { session } from "./session.js";
import { t } from "./words.js";

const SKIN = ["", "", "🏻", "🏼", "🏽", "🏾", "🏿"];
const FIRST = [
  "white_check_mark",
  "eyes",
  "pushpin",
  "memo",
  "+1",
  "pray",
  "tada",
  "heart",
  "raised_hands",
  "clap",
  "smile",
  "joy",
  "thinking_face",
  "ok_hand",
  "muscle",
  "fire",
  "rocket",
  "bulb",
  "calendar",
  "moneybag",
  "question",
  "exclamation",
  "x",
  "heavy_check_mark",
];

/** Reactions one press away. */
export const QUICK = ["white_check_mark", "eyes", "pushpin", "memo"];

/** The character of `name` (`wave`, `wave::skin-tone-3`), or undefined if it is not known here. */
export function charOf(name) {
  const [bare, tone] = name.split("::");
  const char = session.boot.emoji[bare];
  return char && tone ? char + (SKIN[Number(tone.replace("skin-tone-", ""))] ?? "") : char;
}

/** An emoji with its name for readers; an unknown (custom) one stays text. */
export function emoji(name) {
  const char = charOf(name);
  return char
    ? h("span", { class: "emoji", role: "img", "aria-label": name.replaceAll("_", " "), title: `:${name}:` }, char)
    : h("span", { class: "emoji-unknown" }, `:${name}:`);
}

/** Names that contain `text`, those that begin with it first. */
export function findEmoji(text, limit = 60) {
  const names = Object.keys(session.boot.emoji);
  if (!text)
    return [...FIRST.filter((name) => session.boot.emoji[name]), ...names.filter((name) => !FIRST.includes(name))].slice(
      0,
      limit,
    );
  const wanted = text.toLowerCase();
  const starts = names.filter((name) => name.startsWith(wanted));
  return [...starts, ...names.filter((name) => !name.startsWith(wanted) && name.includes(wanted))].slice(0, limit);
}

/** The picker beside `anchor`; `take(name)` gets the chosen one. */
export function pickEmoji(anchor, take) {
  const grid = h("div", { class: "emoji-grid", role: "listbox", "aria-label": t("emoji") });
  const search = h("input", {
    type: "search",
    class: "field",
    placeholder: t("search"),
    "aria-label": t("search"),
    "data-testid": "emoji-search",
  });
  const choose = (name) => {
    close();
    take(name);
  };
  const show = () => {
    const found = findEmoji(search.value.trim(), 200);
    grid.replaceChildren(
      ...found.map((name) =>
        h(
          "button",
          {
            class: "emoji-choice",
            type: "button",
            role: "option",
            "aria-label": name,
            title: `:${name}:`,
            onclick: () => choose(name),
          },
          charOf(name),
        ),
      ),
    );
    if (!found.length) grid.append(h("p", { class: "dim" }, t("no_match")));
  };
  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !composing(event)) {
      event.preventDefault();
      grid.querySelector("button")?.click();
    }
  });
  grid.addEventListener("keydown", (event) => walk(grid, event));
  show();
  const close = popover(anchor, h("div", { class: "emoji-picker", "data-testid": "emoji-picker" }, search, grid), {
    label: t("emoji"),
  });
  search.focus();
}

function walk(grid, event) {
  const cells = [...grid.children];
  const perRow = Math.max(
    1,
    cells.findIndex((cell) => cell.offsetTop > cells[0].offsetTop),
  );
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: perRow, ArrowUp: -perRow }[event.key];
  if (!step) return;
  event.preventDefault();
  cells[Math.min(Math.max(cells.indexOf(document.activeElement) + step, 0), cells.length - 1)]?.focus();
}
