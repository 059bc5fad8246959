// Where one writes: Enter sends, Shift+Enter breaks the line, nothing typed is ever lost.
import { act, explain, read, Refused } from "./api.js";
import { completion } from "./completion.js";
import { composing, h, uid } from "./dom.js";
import { Picks, toDraft, toSlack } from "./draft.js";
import { pickEmoji } from "./emoji.js";
import { grow } from "./fields.js";
import { icon } from "./icons.js";
import { menu } from "./menu.js";
import { memory, session } from "./session.js";
import { inTurn } from "./stream.js";
import { t } from "./words.js";

const LONGEST = 40_000;

/**
 * A composer for `channel` (in its thread `thread`). `label` is what it is called; `members()` the ids of who is there;
 * `said(text)` shows a line from Slackbot that only this person sees.
 */
export function composer({ channel, thread, label, members, said, testid }) {
  const draftKey = `draft:${channel}:${thread ?? ""}`;
  const context = { commands: [], picks: new Picks(), members };
  const inOrder = inTurn();
  let file = null,
    waiting = 0;

  const area = h("textarea", {
    class: "composer-text",
    rows: 1,
    id: uid("composer"),
    placeholder: label,
    "aria-label": label,
    "data-testid": testid,
    "data-key": testid,
    maxlength: LONGEST * 2,
  });
  const hint = h("div", { class: "composer-hint", hidden: true, "data-testid": "usage-hint" });
  const trouble = h("div", { class: "composer-trouble", role: "alert", hidden: true, "data-testid": "send-error" });
  const attached = h("div", { class: "composer-file", hidden: true });
  const chooser = h("input", { type: "file", hidden: true, onchange: () => attach(chooser.files[0] ?? null) });
  const tool = (name, word, press) =>
    h("button", { class: "icon-btn", type: "button", "aria-label": t(word), title: t(word), onclick: press }, icon(name));
  const sendButton = h(
    "button",
    { class: "send", type: "button", "aria-label": t("send"), title: t("send"), "data-testid": `${testid}-send`, onclick: send },
    icon("send"),
  );
  const frame = h(
    "div",
    { class: "composer-frame" },
    area,
    attached,
    h(
      "div",
      { class: "composer-tools" },
      tool("clip", "attach", () => chooser.click()),
      tool("smile", "add_emoji", (event) => pickEmoji(event.currentTarget, (name) => insert(session.boot.emoji[name]))),
      shortcutsButton(),
      tool("at", "mention", () => insert(/(^|\s)$/.test(area.value.slice(0, area.selectionStart)) ? "@" : " @")),
      h("span", { class: "composer-keys dim" }, t("keys_hint")),
      sendButton,
    ),
    chooser,
  );
  const node = h("div", { class: "composer" }, trouble, hint, frame);
  const complete = completion(area, node, context);

  area.addEventListener("input", changed);
  area.addEventListener("keydown", (event) => {
    if (complete.key(event) || composing(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      send();
    }
  });
  area.value = memory.get(draftKey) ?? "";
  readCommands();
  changed();

  /** What one can start here without knowing it by heart: the apps' shortcuts and commands. */
  function shortcutsButton() {
    return tool("bolt", "shortcuts", (event) => {
      const mine = session.boot.apps.filter((app) => app.teams.includes(session.me.team));
      const shortcuts = mine.flatMap((app) =>
        app.shortcuts
          .filter((one) => one.type === "global")
          .map((one) => ({ label: one.name, note: app.name, icon: icon("bolt"), act: () => start(app, one) })),
      );
      const commands = thread
        ? []
        : context.commands.map((one) => ({
            label: one.command,
            note: one.description,
            icon: icon("command"),
            act: () => {
              area.value = "";
              insert(`${one.command} `);
            },
          }));
      const entries = [...shortcuts, ...commands];
      menu(event.currentTarget, entries.length ? entries : [{ label: t("no_shortcuts") }], { label: t("shortcuts") });
    });
  }

  async function start(app, shortcut) {
    try {
      await act("global_shortcut", { app: app.id, callback_id: shortcut.callback_id });
    } catch (error) {
      complain(explain(error));
    }
  }

  async function readCommands() {
    try {
      context.commands = (await read("/client/commands", { user: session.as, channel })).commands;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      complain(explain(error));
      return;
    }
    changed();
    if (document.activeElement === area) complete.check(); // a slash may have been typed meanwhile
  }

  function changed() {
    memory.set(draftKey, area.value);
    grow(area, 240);
    sendButton.disabled = !area.value.trim() && !file;
    const word = area.value.match(/^(\/\S+)\s/)?.[1];
    const known = word && !thread && context.commands.find((one) => one.command === word);
    hint.hidden = !known?.usage_hint;
    hint.replaceChildren(
      ...(known?.usage_hint
        ? [h("span", { class: "dim" }, `${t("usage")} `), h("code", {}, `${known.command} ${known.usage_hint}`)]
        : []),
    );
    if (!trouble.hidden && area.value !== trouble.dataset.text) complain(null);
  }

  function insert(text) {
    area.focus();
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function attach(chosen) {
    file = chosen;
    attached.hidden = !file;
    attached.replaceChildren(
      ...(file
        ? [
            icon("file"),
            h("span", {}, t("attached", { name: file.name })),
            h(
              "button",
              {
                class: "link-btn",
                type: "button",
                onclick: () => {
                  chooser.value = "";
                  attach(null);
                },
              },
              t("remove"),
            ),
          ]
        : []),
    );
    changed();
  }

  function complain(text, ...buttons) {
    trouble.hidden = !text;
    trouble.dataset.text = area.value;
    trouble.replaceChildren(...(text ? [icon("warning"), h("span", {}, text), ...buttons] : []));
  }

  function send() {
    const text = area.value;
    if (!text.trim() && !file) return;
    complete.close();
    if ([...text].length > LONGEST) {
      complain(t("too_long", { n: [...text].length }));
      return;
    }
    const command = text.match(/^\/[^\s/]+(?=\s|$)/)?.[0];
    if (command && thread) {
      complain(t("not_in_threads", { command }));
      return;
    }
    const { sent, picks } = take();
    const hand = () => (command ? run(command, text, picks) : say(text, sent, picks));
    onItsWay(hand, (error) => {
      giveBack(text, sent, picks);
      if (!(error instanceof Refused)) throw error;
      refused(error, command);
    });
  }

  /** What is sent while something is still on its way waits for it: nothing is dropped, and the order stays. */
  async function onItsWay(hand, failed) {
    waiting += 1;
    frame.setAttribute("aria-busy", "true");
    try {
      await inOrder(hand);
    } catch (error) {
      failed(error);
    } finally {
      waiting -= 1;
      frame.setAttribute("aria-busy", String(waiting > 0));
    }
  }

  /** Empties the composer; gives what else was in it. */
  function take() {
    const taken = { sent: file, picks: context.picks };
    context.picks = new Picks();
    complain(null);
    area.value = "";
    attach(null);
    chooser.value = "";
    return taken;
  }

  const run = (command, text, picks) =>
    act("command", {
      channel,
      command,
      text: toSlack(text.slice(command.length).trim(), picks, { links: false }),
      thread_ts: thread,
    });

  async function say(text, sent, picks) {
    if (sent) await act("upload", { channel, name: sent.name, content: await base64(sent), thread_ts: thread });
    if (text.trim()) await act("post", { channel, text: toSlack(text.trimEnd(), picks), thread_ts: thread });
  }

  /** What was typed comes back, before anything typed since. */
  function giveBack(text, sent, picks) {
    area.value = area.value.trim() ? `${text}\n${area.value}` : text;
    for (const [label, notation] of picks.shown) context.picks.shown.set(label, notation);
    if (sent) attach(sent);
    changed();
  }

  function refused(error, command) {
    if (error.error === "no_such_command") {
      complain(
        t("no_such_command", { command }),
        h("button", { class: "link-btn", type: "button", onclick: asMessage }, t("send_as_message")),
      );
    } else if (error.error === "app_did_not_respond" && command) {
      said(t("command_failed", { command }));
      complain(explain(error));
    } else complain(explain(error));
  }

  function asMessage() {
    const text = area.value;
    const { picks } = take();
    onItsWay(
      () => say(text, null, picks),
      (error) => {
        giveBack(text, null, picks);
        complain(explain(error));
      },
    );
  }

  return { node, focus: () => area.focus() };
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(new Refused({ error: "file_unreadable" }));
    reader.readAsDataURL(file);
  });
}

/** A message turned back into something one can change: save and cancel below. `done(text or null)`. */
export function editor(slackText, done) {
  const { text, picks } = toDraft(slackText);
  const area = h("textarea", {
    class: "field",
    rows: 2,
    "aria-label": t("edit"),
    "data-testid": "edit-text",
    "data-key": "edit-text",
  });
  area.value = text;
  const save = () => done(area.value.trim() && area.value !== text ? toSlack(area.value.trimEnd(), picks) : null);
  area.addEventListener("input", () => grow(area));
  area.addEventListener("keydown", (event) => {
    if (composing(event)) return;
    if (event.key === "Escape") {
      event.preventDefault();
      done(null);
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      save();
    }
  });
  queueMicrotask(() => {
    grow(area);
    area.focus();
  });
  return h(
    "div",
    { class: "editor" },
    area,
    h(
      "div",
      { class: "editor-foot" },
      h("button", { class: "btn btn-small", type: "button", onclick: () => done(null) }, t("cancel")),
      h("button", { class: "btn btn-small btn-primary", type: "button", "data-testid": "edit-save", onclick: save }, t("save")),
    ),
  );
}
