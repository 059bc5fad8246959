// Slack's own markup to nodes. Whatever is not known markup stays text.
import { h } from "./dom.js";
import { charOf, emoji } from "./emoji.js";
import { isBot, nameOf, person, showCard } from "./people.js";
import { go, session } from "./session.js";
import { dateFormat } from "./times.js";
import { t } from "./words.js";

const WORD = /[\p{L}\p{N}]/u;
const WRAP = { "*": "strong", _: "em", "~": "s" };
const EMOJI = /^:([\p{L}\p{N}_+\-'.&]+(?:::skin-tone-[2-6])?):/u;

/** `&lt;` and its two friends back to characters. */
export const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** A link, if the address is one that may be followed; else its text. */
export function link(url, ...label) {
  const shown = label.flat().length ? label : [url];
  if (!/^(https?:|mailto:|tel:)/i.test(url)) return h("span", {}, shown);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, shown);
}

export function userMention(id, fallback) {
  const known = person(id);
  const mine = id === session.as ? "mention-me" : "";
  if (!known) return h("span", { class: "mention" }, `@${fallback || id}`);
  return h(
    "button",
    {
      class: `mention ${mine}`,
      type: "button",
      "data-user": id,
      title: isBot(id) ? t("app") : known.title || undefined,
      onclick: (event) => showCard(event.currentTarget, id),
    },
    `@${nameOf(id)}`,
  );
}

export function channelMention(id, fallback) {
  const known = session.sidebar.channels.find((one) => one.id === id);
  if (!known) return h("span", { class: "mention" }, `#${fallback || id}`);
  return h(
    "button",
    { class: "mention", type: "button", "data-channel": id, onclick: () => go({ channel: id }) },
    `#${known.name}`,
  );
}

export const broadcast = (range) => h("span", { class: "mention mention-me" }, `@${range}`);

export function dateText(epoch, pattern, url, fallback) {
  const text = Number.isFinite(Number(epoch)) ? dateFormat(epoch, pattern) : fallback;
  const node = h("time", { title: fallback || undefined }, text);
  return url ? link(url, node) : node;
}

/** What stands between `<` and `>`. */
function entity(inner) {
  const bar = inner.indexOf("|");
  const [target, label] = bar < 0 ? [inner, ""] : [inner.slice(0, bar), inner.slice(bar + 1)];
  if (/^@[UWB][A-Z0-9]+$/.test(target)) return userMention(target.slice(1), plain(label));
  if (/^#[CGD][A-Z0-9]+$/.test(target)) return channelMention(target.slice(1), plain(label));
  if (/^!(here|channel|everyone)$/.test(target)) return broadcast(target.slice(1));
  if (target.startsWith("!subteam^")) return h("span", { class: "mention" }, plain(label) || `@${target.slice(9)}`);
  if (target.startsWith("!date^")) {
    const [epoch, pattern, url] = target.slice(6).split("^");
    return dateText(epoch, pattern ?? "{date}", url && plain(url), plain(label));
  }
  if (/^(https?:|mailto:|tel:)/i.test(target))
    return link(plain(target), label ? plain(label) : plain(target).replace(/^(mailto|tel):/, ""));
  return null;
}

/** Where a run opened by `mark` at `from` ends, or -1: not after a space, not before a letter, not over a line. */
function closing(text, from, mark) {
  for (let i = from + 1; i < text.length; i++) {
    const char = text[i];
    if (char === "\n") return -1;
    if (char === "<") {
      const end = text.indexOf(">", i);
      if (end > 0) {
        i = end;
        continue;
      }
    }
    if (char === mark && text[i - 1] !== " " && i > from + 1 && !WORD.test(text[i + 1] ?? "") && text[i + 1] !== mark) return i;
  }
  return -1;
}

/** One run of text without lines of its own (lists, quotes, fences) to nodes. */
export function inline(text, { emojis = true } = {}) {
  const out = [];
  let words = "";
  const flush = () => {
    if (words) out.push(plain(words));
    words = "";
  };
  const put = (node) => {
    flush();
    out.push(node);
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    const before = text[i - 1] ?? "";
    if (char === "<") {
      const end = text.indexOf(">", i);
      const node = end > 0 ? entity(text.slice(i + 1, end)) : null;
      if (node) {
        put(node);
        i = end;
        continue;
      }
    } else if (char === "`") {
      const end = text.indexOf("`", i + 1);
      if (end > i + 1 && !text.slice(i, end).includes("\n")) {
        put(h("code", {}, bareText(text.slice(i + 1, end))));
        i = end;
        continue;
      }
    } else if (WRAP[char] && !WORD.test(before) && before !== char && /[^\s]/.test(text[i + 1] ?? "") && text[i + 1] !== char) {
      const end = closing(text, i, char);
      if (end > 0) {
        put(h(WRAP[char], {}, inline(text.slice(i + 1, end), { emojis })));
        i = end;
        continue;
      }
    } else if (char === ":" && emojis) {
      const found = text.slice(i, i + 80).match(EMOJI);
      if (found && charOf(found[1])) {
        put(emoji(found[1]));
        i += found[0].length - 1;
        continue;
      }
    } else if (char === "\n") {
      put(h("br"));
      continue;
    }
    words += char;
  }
  flush();
  return out;
}

/** Text inside code: mentions and links lose their brackets, nothing is formatted. */
const bareText = (text) =>
  plain(
    text
      .replace(/<((?:https?|mailto):[^|>]+)(?:\|([^>]*))?>/g, (_, url, label) => label || url)
      .replace(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id) => `@${nameOf(id)}`),
  );

const BULLET = /^(\s*)([•◦▪‣-]|\d{1,3}[.)])\s+(?=\S)/;

/** Slack markup to nodes: fences, quotes, lists and runs. */
export function mrkdwn(text, options) {
  const out = [];
  String(text ?? "")
    .split(/```/)
    .forEach((piece, at, all) => {
      if (at % 2 && at < all.length - 1) out.push(h("pre", {}, bareText(piece.replace(/^\n/, "").replace(/\n$/, ""))));
      else if (at % 2) out.push(...lines(`\`\`\`${piece}`, options));
      else if (piece) out.push(...lines(at ? piece.replace(/^\n/, "") : piece, options));
    });
  return out;
}

function lines(text, options) {
  const out = [];
  let run = [],
    quote = [];
  const endRun = () => {
    if (run.length) out.push(...inline(run.join("\n"), options));
    run = [];
  };
  const endQuote = () => {
    if (quote.length) out.push(h("blockquote", {}, lines(quote.join("\n"), options)));
    quote = [];
  };
  const all = text.split("\n");
  for (let i = 0; i < all.length; i++) {
    const line = all[i];
    const triple = line.match(/^(?:&gt;|>){3} ?/);
    const quoted = line.match(/^(?:&gt;|>) ?/);
    const item = line.match(BULLET);
    if (triple) {
      endRun();
      endQuote();
      out.push(h("blockquote", {}, lines([line.slice(triple[0].length), ...all.slice(i + 1)].join("\n"), options)));
      return out;
    }
    if (quoted) {
      endRun();
      quote.push(line.slice(quoted[0].length));
      continue;
    }
    endQuote();
    if (item) {
      endRun();
      const mark = item[2] === "-" ? "•" : item[2];
      out.push(
        h(
          "span",
          { class: "line-item", style: { "--depth": Math.floor(item[1].length / 2) } },
          h("span", { class: "line-mark" }, mark),
          h("span", {}, inline(line.slice(item[0].length), options)),
        ),
      );
    } else run.push(line);
  }
  endQuote();
  endRun();
  return out;
}

/** True for a message of nothing but a few emoji: those are shown large. */
export const onlyEmoji = (text) =>
  text.length < 200 &&
  /^(\s*(:[\w+\-']+(::skin-tone-\d)?:|\p{Extended_Pictographic}[\u{FE0F}\u{200D}\p{Extended_Pictographic}\u{1F3FB}-\u{1F3FF}]*)){1,12}\s*$/u.test(
    text,
  );

/** A text object of Block Kit. */
export function textObject(object) {
  if (!object) return [];
  if (typeof object === "string") return plainText(object);
  return object.type === "mrkdwn" ? mrkdwn(object.text) : plainText(object.text, object.emoji !== false);
}

/** Plain text: only emoji names and line breaks mean something. */
export function plainText(text, emojis = true) {
  const out = [];
  String(text ?? "")
    .split(/(:[\w+\-']+(?:::skin-tone-[2-6])?:|\n)/)
    .forEach((piece) => {
      if (piece === "\n") out.push(h("br"));
      else if (emojis && /^:.+:$/.test(piece) && charOf(piece.slice(1, -1))) out.push(emoji(piece.slice(1, -1)));
      else if (piece) out.push(piece);
    });
  return out;
}
