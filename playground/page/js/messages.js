// The list of messages of a conversation or a thread: kept by key, so that nothing flickers and the place is kept.
import { h, keyedList } from "./dom.js";
import { icon } from "./icons.js";
import { messagePart } from "./message.js";
import { memory } from "./session.js";
import { dayKey, dayLabel } from "./times.js";
import { t } from "./words.js";

const NEAR = 80;
const TOGETHER_S = 300;

/**
 * The list of `channel` (or of its thread `thread`). Returns {node, show(messages, {pinned, mayAct}), said(text), toMessage(ts)}.
 * The reader stays where they were; somebody at the end stays at the end.
 */
export function messageList({ channel, thread, label }) {
  const items = h("div", { class: "message-items" });
  const node = h(
    "div",
    {
      class: "message-list",
      role: "log",
      "aria-label": label,
      "aria-live": "polite",
      tabindex: 0,
      "data-testid": thread ? "thread-messages" : "messages",
    },
    items,
  );
  const below = h(
    "button",
    { class: "new-below", type: "button", hidden: true, onclick: () => toEnd() },
    icon("chevron"),
    t("new_below"),
  );
  const frame = h("div", { class: "message-frame" }, node, below);
  const list = keyedList(items);
  const dismissed = new Set((memory.get("dismissed") ?? "").split(",").filter(Boolean));
  const place = { channel, thread, dismiss, mayAct: () => true, pinned: new Set() };
  let shown = [];
  let own = [];
  let seen = null;

  const atEnd = () => node.scrollHeight - node.scrollTop - node.clientHeight < NEAR;
  let stuck = true,
    put = -1;
  function toEnd() {
    node.scrollTop = node.scrollHeight;
    put = node.scrollTop;
    below.hidden = true;
  }
  /** Only the reader's own scrolling says where they want to be; a place that grew or shrank does not. */
  function scrolled() {
    if (Math.abs(node.scrollTop - put) < 1) return;
    stuck = atEnd();
    if (stuck) below.hidden = true;
  }
  node.addEventListener("scroll", scrolled, { passive: true });
  new ResizeObserver(() => {
    if (stuck) toEnd();
  }).observe(items);
  new ResizeObserver(() => {
    if (stuck) toEnd();
  }).observe(node);

  function dismiss(ts) {
    dismissed.add(ts);
    memory.set("dismissed", [...dismissed].slice(-200).join(","));
    own = own.filter((one) => one.ts !== ts);
    draw();
  }

  function draw() {
    const all = [...shown, ...own]
      .filter((one) => !one.ephemeral || (!dismissed.has(one.ts) && (thread || !one.thread_ts)))
      .sort((a, b) => Number(a.ts) - Number(b.ts));
    list.show(all.length ? arranged(all) : [{ key: "empty", empty: true }], (item) => item.key, make);
    const newest = all.at(-1)?.ts ?? "";
    if (seen === null || stuck) toEnd();
    else if (newest > seen) below.hidden = false;
    seen = newest;
  }

  function make(item) {
    if (item.empty) return still(h("p", { class: "empty dim" }, t("nothing_here")));
    if (item.day)
      return still(h("div", { class: "day", role: "separator", "aria-label": item.label }, h("span", {}, item.label)));
    if (item.split) return still(h("div", { class: "reply-line dim" }, item.split));
    return messagePart(item, place);
  }

  /** Days between messages; a run of messages of one author is joined. */
  function arranged(all) {
    const out = [];
    let last = null;
    for (const message of all) {
      if (!last || dayKey(last.ts) !== dayKey(message.ts)) {
        out.push({ key: `day-${dayKey(message.ts)}`, day: true, label: dayLabel(message.ts) });
        last = null;
      }
      out.push({ key: message.ts + (message.ephemeral ? "e" : ""), message, compact: joins(last, message) });
      last = message;
      if (thread && message.ts === thread) {
        const n = all.filter((one) => !one.ephemeral).length - 1;
        out.push({ key: `split-${n}`, split: t("replies", { n }) });
        last = null;
      }
    }
    return out;
  }

  function joins(last, message) {
    return (
      Boolean(last) &&
      !message.subtype &&
      !last.subtype &&
      last.user === message.user &&
      last.bot_id === message.bot_id &&
      last.username === message.username &&
      !last.ephemeral &&
      !message.ephemeral &&
      !place.pinned.has(message.ts) &&
      Number(message.ts) - Number(last.ts) < TOGETHER_S
    );
  }

  return {
    node: frame,
    show(messages, { pinned, mayAct }) {
      shown = messages;
      Object.assign(place, { pinned, mayAct });
      draw();
    },
    /** A line that only this window has: what Slack lets Slackbot say. */
    said(text) {
      own.push({ ts: (Date.now() / 1000).toFixed(6), text, ephemeral: true, user: null, bot_id: null });
      draw();
    },
    toMessage(ts) {
      const found = items.querySelector(`[data-ts="${CSS.escape(ts)}"]`);
      found?.scrollIntoView({ block: "center" });
      found?.classList.add("found");
      stuck = atEnd();
    },
    toEnd,
  };
}

const still = (node) => ({ node, update() {} });
