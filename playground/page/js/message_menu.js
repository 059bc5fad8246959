// What one can do with a message besides reading it.
import { act } from "./api.js";
import { confirm } from "./dialog.js";
import { h } from "./dom.js";
import { pickEmoji } from "./emoji.js";
import { icon } from "./icons.js";
import { menu, note, quietly } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { quickBar, toggle } from "./reactions.js";
import { addressOf, go, session } from "./session.js";
import { t } from "./words.js";

/** Opens the menu of `message` beside `anchor`. `place` is where it stands ({channel, thread}); `edit()` turns it into an editor. */
export function messageMenu(anchor, { message, place, pinned, system, edit }) {
  const { channel, thread } = place;
  const reply = {
    label: t("in_thread"),
    icon: icon("reply"),
    act: () => go({ channel, thread: message.thread_ts ?? message.ts }),
  };
  const pin = {
    label: t(pinned ? "unpin" : "pin"),
    icon: icon("pin"),
    act: () => quietly(act(pinned ? "unpin" : "pin", { channel, ts: message.ts })),
  };
  const copy = { label: t("copy_link"), icon: icon("link"), act: () => copyLink(message, place) };
  const close = menu(
    anchor,
    [
      ...(thread || system ? [] : [reply]),
      copy,
      pin,
      ...shortcuts(message, channel),
      ...(own(message, system) ? change(message, channel, edit) : []),
    ],
    { label: t("message_menu"), head: quick(anchor, message, channel, () => close()) },
  );
}

const own = (message, system) => message.user === session.as && !message.bot_id && !system;

/** On a narrow page the reactions stand here, since nothing hovers. */
function quick(anchor, message, channel, close) {
  const more = () => {
    close();
    pickEmoji(anchor, (name) => toggle(channel, message, name));
  };
  return h(
    "div",
    { class: "narrow-only quick-row" },
    quickBar(channel, message, close),
    h("button", { class: "icon-btn", type: "button", "aria-label": t("react"), onclick: more }, icon("smile")),
  );
}

/** The message shortcuts of the apps in my organisation's workspace. */
function shortcuts(message, channel) {
  const entries = session.boot.apps
    .filter((app) => app.teams.includes(session.me.team))
    .flatMap((app) => app.shortcuts.filter((one) => one.type === "message").map((one) => ({ app, one })))
    .map(({ app, one }) => ({
      label: one.name,
      note: app.name,
      icon: icon("bolt"),
      act: () => quietly(act("message_shortcut", { app: app.id, callback_id: one.callback_id, channel, ts: message.ts })),
    }));
  return entries.length ? [null, { label: t("app_shortcuts") }, ...entries] : [];
}

function change(message, channel, edit) {
  return [
    null,
    { label: t("edit"), icon: icon("edit"), act: edit },
    { label: t("delete"), icon: icon("trash"), danger: true, act: () => remove(message, channel) },
  ];
}

async function copyLink(message, { channel, thread }) {
  const link = new URL(addressOf({ as: null, channel, thread, message: message.ts }), location.href).href;
  await navigator.clipboard?.writeText(link);
  note(t("copied"));
}

async function remove(message, channel) {
  const text = [h("p", {}, t("delete_sure")), h("div", { class: "quoted" }, mrkdwn(message.text ?? ""))];
  if (await confirm({ title: t("delete"), text, yes: t("delete"), danger: true }))
    await quietly(act("delete", { channel, ts: message.ts }));
}
