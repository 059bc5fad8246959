// Reactions under a message: counts, who, and a press to add or take away.
import { act, explain } from "./api.js";
import { h } from "./dom.js";
import { charOf, emoji, pickEmoji, QUICK } from "./emoji.js";
import { icon } from "./icons.js";
import { note } from "./menu.js";
import { nameOf } from "./people.js";
import { session } from "./session.js";
import { inTurn } from "./stream.js";
import { t } from "./words.js";

const HARMLESS = new Set(["already_reacted", "no_reaction"]);

const inOrder = inTurn();

/** Adds mine, or takes it away if it is there. `mark`, the button that shows it, says so at once: a second press undoes the first. */
export async function toggle(channel, message, name, mark = null) {
  const mine = mark
    ? mark.getAttribute("aria-pressed") === "true"
    : (message.reactions ?? []).some((one) => one.name === name && one.users.includes(session.as));
  show(mark, !mine);
  try {
    await inOrder(() => act(mine ? "unreact" : "react", { channel, ts: message.ts, name }));
  } catch (error) {
    if (HARMLESS.has(error.error)) return;
    show(mark, mine);
    note(explain(error));
  }
}

function show(mark, isMine) {
  mark?.setAttribute("aria-pressed", String(isMine));
  mark?.classList.toggle("mine", isMine);
}

function who(users) {
  const names = users.slice(0, 12).map((id) => (id === session.as ? `${nameOf(id)} (${t("you")})` : nameOf(id)));
  return users.length > 12 ? `${names.join(", ")} +${users.length - 12}` : names.join(", ");
}

/** The bar, or nothing. */
export function reactionBar(channel, message) {
  if (!message.reactions?.length) return null;
  return h(
    "div",
    { class: "reactions", role: "group", "data-testid": "reactions" },
    message.reactions.map((one) => {
      const mine = one.users.includes(session.as);
      const said = `${t("reacted", { names: who(one.users), emoji: `:${one.name}:` })}. ${t(mine ? "take_away" : "add_mine")}`;
      return h(
        "button",
        {
          class: `reaction ${mine ? "mine" : ""}`,
          type: "button",
          "aria-pressed": String(mine),
          "aria-label": `${one.name} ${one.count}. ${said}`,
          title: said,
          "data-reaction": one.name,
          "data-key": `reaction-${one.name}`,
          onclick: (event) => toggle(channel, message, one.name, event.currentTarget),
        },
        emoji(one.name),
        h("span", { class: "count" }, String(one.count)),
      );
    }),
    h(
      "button",
      {
        class: "reaction reaction-add",
        type: "button",
        "aria-label": t("react"),
        title: t("react"),
        "data-key": "reaction-add",
        onclick: (event) => pickEmoji(event.currentTarget, (name) => toggle(channel, message, name)),
      },
      icon("smile"),
      icon("plus"),
    ),
  );
}

/** The four reactions one press away. */
export const quickBar = (channel, message, after = () => {}) =>
  QUICK.filter(charOf).map((name) =>
    h(
      "button",
      {
        class: "icon-btn quick",
        type: "button",
        "aria-label": name.replaceAll("_", " "),
        title: `:${name}:`,
        "data-quick": name,
        onclick: () => {
          after();
          toggle(channel, message, name);
        },
      },
      charOf(name),
    ),
  );
