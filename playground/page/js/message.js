// One message: who, when, what, and what one can do with it.
import { act } from "./api.js";
import { block } from "./blocks.js";
import { editor } from "./composer.js";
import { h, slot } from "./dom.js";
import { pickEmoji } from "./emoji.js";
import { fileCard } from "./files.js";
import { icon } from "./icons.js";
import { quietly } from "./menu.js";
import { messageMenu } from "./message_menu.js";
import { mrkdwn, onlyEmoji } from "./mrkdwn.js";
import { appBadge, appOf, badge, face, isBot, nameButton, nameOf } from "./people.js";
import { quickBar, reactionBar, toggle } from "./reactions.js";
import { go } from "./session.js";
import { inputsOf, surface } from "./surface.js";
import { fullTime, shortTime, timeOf } from "./times.js";
import { t } from "./words.js";

const SYSTEM = new Set([
  "channel_join", "channel_leave", "channel_archive", "channel_unarchive", "channel_name", "channel_purpose", "channel_topic",
  "pinned_item", "bot_add", "bot_remove", "group_join", "group_leave",
]);

/**
 * A part for a keyed list. `place` says where it stands: {channel, thread, dismiss(ts), mayAct()}.
 * Items are {message, compact, pinned}.
 */
export function messagePart({ message: first }, place) {
  const { channel } = place;
  const node = h("article", { class: "message", "data-testid": "message", "data-ts": first.ts, role: "article" });
  const aside = slot("div", { class: "message-aside" });
  const head = slot("div", { class: "message-head" });
  const body = slot("div", { class: "message-body" });
  const files = slot("div", { class: "message-files" });
  const reactions = slot("div", { class: "message-reactions" });
  const thread = slot("div", { class: "message-thread" });
  const tools = slot("div", { class: "message-tools", role: "toolbar", "aria-label": t("message_menu") });
  node.append(
    aside.node,
    h("div", { class: "message-main" }, head.node, body.node, files.node, reactions.node, thread.node),
    tools.node,
  );
  let message = first,
    editing = false,
    compact = false,
    near = false;
  for (const sign of ["pointerenter", "focusin"])
    node.addEventListener(sign, () => {
      if (!near) {
        near = true;
        showTools();
      }
    });

  /** What a person wrote is shown from its text: the rich_text block beside it says the same. */
  const written = () =>
    !message.bot_id && !message.app_id && message.text && (message.blocks ?? []).every((one) => one.type === "rich_text");
  const shownBlocks = () => (written() ? [] : (message.blocks ?? []));
  const where = surface({
    app: first.app_id,
    container: { type: "message", channel, ts: first.ts },
    list: () => inputsOf(shownBlocks()),
  });
  const author = () => message.user || (message.bot_id && appOf(message.app_id)?.bot_user) || null;
  const authorName = () =>
    message.username || (author() ? nameOf(author()) : message.app_id ? appOf(message.app_id)?.name : t("slackbot"));
  const system = () => SYSTEM.has(message.subtype);
  const acting = () => place.mayAct() && !message.ephemeral && !message.deleted;

  function showHead() {
    const facts = [
      author(),
      authorName(),
      compact,
      message.ts,
      message.edited ? 1 : 0,
      message.ephemeral,
      place.pinned?.has(message.ts),
    ];
    aside.show(facts, () =>
      compact ? h("time", { class: "time-hover dim" }, timeOf(message.ts)) : face(author(), authorName()),
    );
    head.show(facts, () => [
      message.ephemeral && h("div", { class: "only-you", "data-testid": "only-you" }, icon("eye"), t("only_you")),
      place.pinned?.has(message.ts) && h("div", { class: "only-you" }, icon("pin"), t("pinned_by_team")),
      !compact && [
        nameButton(author(), authorName()),
        (isBot(author()) || message.bot_id) && appBadge(),
        badge(author()),
        h("time", { class: "dim time", title: fullTime(message.ts) }, timeOf(message.ts)),
      ],
    ]);
  }

  function showBody() {
    if (editing) return;
    const edited = message.edited && h("span", { class: "dim edited", "data-testid": "edited" }, ` ${t("edited")}`);
    if (message.deleted) body.show(["deleted"], () => h("p", { class: "dim" }, t("deleted")));
    else if (shownBlocks().length) showBlocks(edited);
    else
      body.show(
        [message.text, Boolean(edited)],
        () =>
          message.text &&
          h("div", { class: `prose ${onlyEmoji(message.text) ? "emoji-large" : ""}` }, mrkdwn(message.text), edited),
      );
  }

  /** Each block is its own part, so that an update of one keeps the others as they are. */
  const parts = new Map();
  function showBlocks(edited) {
    body.show(["blocks", shownBlocks().map((one, at) => one.block_id ?? at), Boolean(edited)], () =>
      shownBlocks()
        .map((one, at) => {
          const key = one.block_id ?? at;
          if (!parts.has(key)) parts.set(key, slot("div", { class: "block-slot" }));
          return parts.get(key).node;
        })
        .concat(edited || []),
    );
    shownBlocks().forEach((one, at) => parts.get(one.block_id ?? at).show(one, () => block(one, where)));
  }

  function showFiles() {
    files.show(message.files ?? [], () => (message.files ?? []).map(fileCard));
  }

  function showThread() {
    const count = place.thread ? 0 : (message.reply_count ?? 0);
    thread.show(
      [count, message.reply_users, message.latest_reply],
      () =>
        count > 0 &&
        h(
          "button",
          {
            class: "thread-link",
            type: "button",
            "data-testid": "thread-link",
            "data-key": "thread",
            onclick: () => go({ channel, thread: message.ts }),
          },
          (message.reply_users ?? []).slice(0, 4).map((id) => face(id, nameOf(id), "face-small")),
          h("span", { class: "thread-count" }, t("replies", { n: count })),
          message.latest_reply && h("span", { class: "dim" }, t("last_reply", { when: shortTime(message.latest_reply) })),
        ),
    );
  }

  /** Until somebody comes near there is only the menu: hundreds of messages would have thousands of buttons. */
  function showTools() {
    tools.show([acting(), message.ephemeral, system(), editing, near], () => {
      if (message.ephemeral)
        return h(
          "button",
          {
            class: "btn btn-small",
            type: "button",
            "data-testid": "dismiss",
            "aria-label": t("dismiss"),
            onclick: () => place.dismiss(message.ts),
          },
          icon("close"),
          h("span", { class: "wide-only" }, t("dismiss")),
        );
      if (!acting() || editing) return null;
      return [
        near &&
          h(
            "span",
            { class: "wide-only quick-row" },
            quickBar(channel, {
              get ts() {
                return message.ts;
              },
              get reactions() {
                return message.reactions;
              },
            }),
          ),
        near &&
          h(
            "button",
            {
              class: "icon-btn wide-only",
              type: "button",
              "aria-label": t("react"),
              title: t("react"),
              onclick: (event) => pickEmoji(event.currentTarget, (name) => toggle(channel, message, name)),
            },
            icon("smile"),
          ),
        near &&
          !place.thread &&
          !system() &&
          h(
            "button",
            {
              class: "icon-btn",
              type: "button",
              "aria-label": t("in_thread"),
              title: t("in_thread"),
              "data-testid": "reply",
              onclick: () => go({ channel, thread: message.thread_ts ?? message.ts }),
            },
            icon("reply"),
          ),
        h(
          "button",
          {
            class: "icon-btn",
            type: "button",
            "aria-label": t("message_menu"),
            title: t("message_menu"),
            "aria-haspopup": "menu",
            "data-testid": "message-menu",
            "data-key": "menu",
            onclick: (event) => messageMenu(event.currentTarget, { message, place, pinned: place.pinned?.has(message.ts), system: system(), edit }),
          },
          icon("more"),
        ),
      ];
    });
  }

  function edit() {
    editing = true;
    showTools();
    body.show(["editing"], () =>
      editor(message.text, async (text) => {
        editing = false;
        if (text !== null) await quietly(act("edit", { channel, ts: message.ts, text }));
        body.show(["edited"], () => null);
        update({ message, compact });
      }),
    );
  }

  function update(item) {
    ({ message, compact } = item);
    node.classList.toggle("compact", compact);
    node.classList.toggle("ephemeral", Boolean(message.ephemeral));
    node.classList.toggle("system", system());
    node.setAttribute("aria-label", `${authorName()}, ${fullTime(message.ts)}`);
    showHead();
    showBody();
    showFiles();
    reactions.show([message.reactions ?? [], acting()], () => reactionBar(channel, message));
    showThread();
    showTools();
  }

  return { node, update };
}
