// Completion in a composer: `/` commands, `@` people, `#` channels, `:` emoji.
import { composing, h, uid } from "./dom.js";
import { charOf, findEmoji } from "./emoji.js";
import { appOf, everybody, face, isBot, nameOf, organisationOf } from "./people.js";
import { session } from "./session.js";
import { t } from "./words.js";

const MOST = 8;

/** What stands before the caret and may be completed: {kind, word, from}. */
function trigger(text, caret) {
  const head = text.slice(0, caret);
  const command = head.match(/^\/(\S*)$/);
  if (command) return { kind: "command", word: command[1], from: 0 };
  const found = head.match(/(^|[\s(])([@#])([^\s@#:]{0,30})$/) ?? head.match(/(^|\s)(:)([\p{L}\w+\-]{2,30})$/u);
  if (!found) return null;
  return { kind: { "@": "person", "#": "channel", ":": "emoji" }[found[2]], word: found[3], from: caret - found[3].length - 1 };
}

const within = (word, ...texts) => texts.some((text) => (text ?? "").toLowerCase().includes(word.toLowerCase()));

const SOURCES = {
  command: (word, { commands }) =>
    commands
      .filter((one) => within(word, one.command))
      .map((one) => ({
        insert: `${one.command} `,
        label: one.command,
        note: one.description,
        hint: one.usage_hint,
        side: appOf(one.app)?.name ?? "",
      })),
  person: (word, { picks, members }) =>
    everybody()
      .filter((one) => !one.deleted && within(word, nameOf(one.id), one.name, one.title))
      .map((one) => ({ one, named: Number(within(word, nameOf(one.id), one.name)), here: Number(members().has(one.id)) }))
      .sort((a, b) => b.named - a.named || b.here - a.here || nameOf(a.one.id).localeCompare(nameOf(b.one.id)))
      .map(({ one }) => one)
      .map((one) => ({
        insert: () => `${picks.person(one.id)} `,
        label: nameOf(one.id),
        note: one.title ?? (isBot(one.id) ? t("app") : ""),
        side: isBot(one.id) ? "" : organisationOf(one.id),
        face: () => face(one.id, nameOf(one.id), "face-small"),
      })),
  channel: (word, { picks }) =>
    session.sidebar.channels
      .filter((one) => within(word, one.name) && !one.is_archived)
      .map((one) => ({ insert: () => `${picks.channel(one.id)} `, label: `#${one.name}`, note: "" })),
  emoji: (word) =>
    findEmoji(word, MOST).map((name) => ({ insert: `${charOf(name)} `, label: `${charOf(name)}  :${name}:`, note: "" })),
};

const TITLES = { command: "commands", person: "people", channel: "channels", emoji: "emoji" };

/**
 * Adds completion to `area`; the list is put into `place`. `context` is {commands, picks, members()}; it may change later.
 * Returns {key(event) → handled, check(), close()}.
 */
export function completion(area, place, context) {
  const id = uid("complete");
  const list = h("div", { class: "completion", role: "listbox", id, hidden: true, "data-testid": "completion" });
  place.append(list);
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-controls", id);
  let found = [],
    active = 0,
    at = null;

  function check() {
    at = area.selectionStart === area.selectionEnd ? trigger(area.value, area.selectionStart) : null;
    found = at ? SOURCES[at.kind](at.word, context).slice(0, MOST) : [];
    active = 0;
    draw();
  }

  function draw() {
    list.hidden = !found.length;
    if (!found.length) {
      list.replaceChildren();
      area.removeAttribute("aria-activedescendant");
      return;
    }
    list.setAttribute("aria-label", t(TITLES[at.kind]));
    list.replaceChildren(
      h("div", { class: "menu-head", role: "presentation" }, t(TITLES[at.kind])),
      ...found.map((one, i) =>
        h(
          "div",
          {
            class: `option ${i === active ? "active" : ""}`,
            role: "option",
            id: `${id}-${i}`,
            "aria-selected": String(i === active),
            onpointerdown: (event) => event.preventDefault(),
            onclick: () => take(i),
          },
          one.face?.(),
          h(
            "span",
            { class: "option-text" },
            h("span", {}, h("strong", {}, one.label), one.hint && h("span", { class: "dim hint-inline" }, ` ${one.hint}`)),
            one.note && h("small", { class: "dim" }, one.note),
          ),
          one.side && h("small", { class: "dim option-side" }, one.side),
        ),
      ),
    );
    area.setAttribute("aria-activedescendant", `${id}-${active}`);
    list.children[active + 1].scrollIntoView({ block: "nearest" });
  }

  function take(i) {
    const { insert } = found[i];
    area.blur();
    area.focus();
    const caret = Math.max(area.selectionStart, at.from);
    area.setRangeText(typeof insert === "function" ? insert() : insert, at.from, caret, "end");
    close();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function close() {
    found = [];
    draw();
  }

  function key(event) {
    if (!found.length || composing(event)) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      active = (active + step + found.length) % found.length;
      draw();
    } else if (event.key === "Tab" || (event.key === "Enter" && !whole())) take(active);
    else if (event.key === "Escape") close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  /** A command typed in full is sent by Enter, not completed. */
  const whole = () => at.kind === "command" && found[active].insert.trim() === area.value.trim();

  area.addEventListener("input", check);
  area.addEventListener("click", check);
  area.addEventListener("blur", () =>
    setTimeout(() => {
      if (document.activeElement !== area) close();
    }, 150),
  );
  return { key, check, close };
}
