// A channel or direct conversation, and the thread beside it: head, messages, composer.
import { act, explain, read, Refused } from "./api.js";
import { composer } from "./composer.js";
import { confirm } from "./dialog.js";
import { h, slot } from "./dom.js";
import { icon } from "./icons.js";
import { messageList } from "./messages.js";
import { menu, popover, quietly } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { choosePerson } from "./chooser.js";
import { appBadge, badge, face, isBot, nameOf, person, showCard } from "./people.js";
import { go, place, session } from "./session.js";
import { coalesced } from "./stream.js";
import { shortTime } from "./times.js";
import { t } from "./words.js";

/** The conversation `channel`, or its thread `thread`. Returns {node, load(), focus(), toMessage(ts)}. */
export function conversation(channel, { thread = null, head: showHead = true } = {}) {
  const head = slot("header", { class: "pane-head" });
  const foot = slot("div", { class: "pane-foot" });
  const list = messageList({ channel, thread, label: thread ? t("thread") : titleText(channel) });
  const node = h(
    "section",
    {
      class: `conversation ${thread ? "thread-pane" : ""}`,
      "data-testid": thread ? "thread" : "conversation",
      "data-channel": channel,
      "aria-label": thread ? t("thread") : titleText(channel),
    },
    showHead ? head.node : null,
    list.node,
    foot.node,
  );
  let here = null,
    box = null;

  async function load() {
    try {
      here = await read("/client/messages", { user: session.as, channel, thread_ts: thread });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (here && error.error === "network") return;
      head.show(["refused", error.error], () => h("h2", {}, titleText(channel)));
      foot.show(["refused", error.error], () => h("p", { class: "bar", role: "alert" }, explain(error)));
      return;
    }
    const { channel: info, messages } = here;
    const pinned = new Set((info.pins ?? []).map((pin) => (typeof pin === "string" ? pin : (pin.ts ?? pin.message?.ts))));
    list.show(messages, { pinned, mayAct: () => member() && !here.channel.is_archived });
    head.show([info.name, info.members, [...pinned], info.is_archived, info.is_shared, dmUser(channel)], () =>
      thread ? threadHead(channel) : paneHead(info, messages, pinned, list),
    );
    foot.show([member(), info.is_archived, info.name], () => footer(info));
  }

  const member = () => !here || Boolean(dmUser(channel)) || (here.channel.members ?? []).includes(session.as);

  function footer(info) {
    box = null;
    if (info.is_archived) return h("p", { class: "bar" }, icon("lock"), t("archived_note"));
    if (!member())
      return h(
        "div",
        { class: "bar" },
        h("span", {}, t("preview", { name: info.name })),
        h(
          "button",
          { class: "btn btn-primary", type: "button", "data-testid": "join", onclick: () => quietly(act("join", { channel })) },
          t("join"),
        ),
      );
    box = composer({
      channel,
      thread,
      label: thread ? t("reply_here") : t("message_to", { name: titleText(channel) }),
      members: () => new Set(here?.channel.members ?? []),
      said: list.said,
      testid: thread ? "thread-composer" : "composer",
    });
    return box.node;
  }

  return { node, load: coalesced(load), channel, thread, focus: () => box?.focus(), toMessage: list.toMessage };
}

/** The other person of a direct conversation. */
export const dmUser = (channel) => session.sidebar.dms.find((one) => one.id === channel)?.user;

export function titleText(channel) {
  const other = dmUser(channel);
  if (other) return nameOf(other);
  const known = session.sidebar.channels.find((one) => one.id === channel);
  return known ? `#${known.name}` : "";
}

function threadHead(channel) {
  return [
    h("div", { class: "pane-title" }, h("h2", {}, t("thread")), h("span", { class: "dim" }, titleText(channel))),
    h(
      "button",
      {
        class: "icon-btn",
        type: "button",
        "aria-label": t("close"),
        title: t("close"),
        "data-testid": "close-thread",
        onclick: () => go({ channel }),
      },
      icon("close"),
    ),
  ];
}

function paneHead(info, messages, pinned, list) {
  const other = dmUser(info.id);
  if (other) {
    return h(
      "div",
      { class: "pane-title" },
      h(
        "h2",
        {},
        h(
          "button",
          { class: "title-btn", type: "button", onclick: (event) => showCard(event.currentTarget, other) },
          face(other, nameOf(other), "face-small"),
          nameOf(other),
        ),
      ),
      isBot(other) && appBadge(),
      badge(other),
      person(other)?.title && h("span", { class: "dim wide-only" }, person(other).title),
    );
  }
  return [
    h(
      "div",
      { class: "pane-title" },
      h(
        "h2",
        {},
        h(
          "button",
          {
            class: "title-btn",
            type: "button",
            "aria-haspopup": "menu",
            "data-testid": "channel-menu",
            onclick: (event) => channelMenu(event.currentTarget, info),
          },
          icon(info.is_private ? "lock" : "hash"),
          info.name,
          icon("chevron"),
        ),
      ),
      info.is_shared &&
        h(
          "span",
          { class: "badge", title: t("shared_channel") },
          icon("people"),
          h("span", { class: "wide-only" }, t("shared_channel")),
        ),
    ),
    h(
      "div",
      { class: "pane-tools" },
      h(
        "button",
        {
          class: "tool-btn",
          type: "button",
          "aria-label": t("members_n", { n: info.members.length }),
          "data-testid": "members",
          onclick: (event) => showMembers(event.currentTarget, info),
        },
        icon("people"),
        String(info.members.length),
      ),
      h(
        "button",
        {
          class: "tool-btn",
          type: "button",
          "aria-label": `${t("pins")} ${pinned.size}`,
          "data-testid": "pins",
          onclick: (event) => showPins(event.currentTarget, messages, info, list),
        },
        icon("pin"),
        String(pinned.size),
      ),
    ),
  ];
}

function channelMenu(anchor, info) {
  const member = info.members.includes(session.as);
  menu(
    anchor,
    [
      { label: t("members"), icon: icon("people"), act: () => showMembers(anchor, info) },
      ...(member && !info.is_archived
        ? [
            { label: t("invite"), icon: icon("plus"), act: () => invite(info) },
            null,
            { label: t("leave"), icon: icon("leave"), danger: true, act: () => leave(info) },
          ]
        : []),
      ...(!member && !info.is_archived
        ? [{ label: t("join"), icon: icon("plus"), act: () => quietly(act("join", { channel: info.id })) }]
        : []),
    ],
    { label: info.name },
  );
}

async function leave(info) {
  if (await confirm({ title: t("leave"), text: t("leave_sure", { name: info.name }), yes: t("leave"), danger: true }))
    await quietly(act("leave", { channel: info.id }));
}

async function invite(info) {
  const chosen = await choosePerson({ title: t("invite_who"), except: (id) => info.members.includes(id) });
  if (chosen) await quietly(act("invite", { channel: info.id, target: chosen }));
}

function showMembers(anchor, info) {
  popover(
    anchor,
    h(
      "div",
      { class: "people-list", "data-testid": "member-list" },
      h("h3", {}, t("members_n", { n: info.members.length })),
      info.members.map((id) =>
        h(
          "button",
          {
            class: "person-row",
            type: "button",
            onclick: (event) => showCard(event.currentTarget.closest(".popover") ? anchor : event.currentTarget, id),
          },
          face(id, nameOf(id), "face-small"),
          h("span", {}, nameOf(id), id === session.as ? ` (${t("you")})` : ""),
          isBot(id) && appBadge(),
          badge(id),
          h("small", { class: "dim" }, person(id)?.title),
        ),
      ),
    ),
    { label: t("members") },
  );
}

function showPins(anchor, messages, info, list) {
  const pins = (info.pins ?? [])
    .map((pin) =>
      typeof pin === "string"
        ? messages.find((one) => one.ts === pin)
        : (pin.message ?? (pin.text !== undefined ? pin : messages.find((one) => one.ts === pin.ts))),
    )
    .filter(Boolean);
  const close = popover(
    anchor,
    h(
      "div",
      { class: "pins", "data-testid": "pin-list" },
      h("h3", {}, t("pins")),
      pins.length
        ? pins.map((one) =>
            h(
              "button",
              {
                class: "pin-row",
                type: "button",
                onclick: () => {
                  close();
                  list.toMessage(one.ts);
                },
              },
              h("strong", {}, nameOf(one.user)),
              h("small", { class: "dim" }, ` ${shortTime(one.ts)}`),
              h("span", { class: "pin-text" }, plainOf(one)),
            ),
          )
        : h("p", { class: "dim" }, t("no_pins")),
    ),
    { label: t("pins") },
  );
}

/** A message's words without anything to press. */
function plainOf(message) {
  return h("div", {}, mrkdwn(message.text ?? "")).textContent.slice(0, 160);
}

export const isOpen = (channel) => place().channel === channel;
