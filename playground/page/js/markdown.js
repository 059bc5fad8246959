// The markdown block: the common part of standard Markdown, to nodes.
import { h } from "./dom.js";
import { charOf, emoji } from "./emoji.js";
import { link, userMention, channelMention } from "./mrkdwn.js";

const FENCE = /^\s*(```|~~~)/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const RULE = /^\s*([-*_])(\s*\1){2,}\s*$/;
const ROW = /^\s*\|.*\|\s*$/;

/** A whole document. */
export function markdown(text) {
  const lines = String(text ?? "")
    .replace(/\r\n?/g, "\n")
    .split("\n");
  const out = [];
  let at = 0;
  while (at < lines.length) {
    const [node, next] = block(lines, at);
    if (node) out.push(node);
    at = next;
  }
  return out;
}

/** The block that begins at line `at`, and the line after it. */
function block(lines, at) {
  const line = lines[at];
  if (!line.trim()) return [null, at + 1];
  if (FENCE.test(line)) return fence(lines, at);
  if (RULE.test(line)) return [h("hr"), at + 1];
  const heading = line.match(HEADING);
  if (heading)
    return [
      h(
        "p",
        { class: `md-h md-h${heading[1].length}`, role: "heading", "aria-level": Math.min(heading[1].length + 2, 6) },
        spans(heading[2]),
      ),
      at + 1,
    ];
  if (/^\s*>/.test(line)) return quote(lines, at);
  if (ROW.test(line) && /^\s*\|?[\s:|-]+\|?\s*$/.test(lines[at + 1] ?? "") && (lines[at + 1] ?? "").includes("-"))
    return table(lines, at);
  if (ITEM.test(line)) return list(lines, at);
  return paragraph(lines, at);
}

function fence(lines, at) {
  const mark = lines[at].match(FENCE)[1];
  let end = at + 1;
  while (end < lines.length && !lines[end].trim().startsWith(mark)) end++;
  return [h("pre", {}, lines.slice(at + 1, end).join("\n")), end + 1];
}

function quote(lines, at) {
  let end = at;
  while (end < lines.length && /^\s*>/.test(lines[end])) end++;
  return [
    h(
      "blockquote",
      {},
      markdown(
        lines
          .slice(at, end)
          .map((line) => line.replace(/^\s*> ?/, ""))
          .join("\n"),
      ),
    ),
    end,
  ];
}

function list(lines, at) {
  const [, indent, mark] = lines[at].match(ITEM);
  const ordered = /\d/.test(mark);
  const node = h(ordered ? "ol" : "ul", { start: ordered && parseInt(mark, 10) !== 1 ? parseInt(mark, 10) : null });
  let end = at;
  while (end < lines.length) {
    const item = lines[end].match(ITEM);
    if (!item || item[1].length < indent.length || /\d/.test(item[2]) !== ordered) break;
    if (item[1].length > indent.length + 1) {
      const [inner, next] = list(lines, end);
      (node.lastChild ?? node).append(inner);
      end = next;
      continue;
    }
    const task = item[3].match(/^\[([ xX])\]\s+(.*)$/);
    node.append(
      task
        ? h(
            "li",
            { class: "md-task" },
            h("input", { type: "checkbox", disabled: true, checked: task[1] !== " " }),
            " ",
            spans(task[2]),
          )
        : h("li", {}, spans(item[3])),
    );
    end++;
  }
  return [node, end];
}

const cells = (line) =>
  line
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));

function table(lines, at) {
  const aligns = cells(lines[at + 1]).map((rule) => (/^:-+:$/.test(rule) ? "center" : /-:$/.test(rule) ? "right" : "left"));
  let end = at + 2;
  while (end < lines.length && ROW.test(lines[end])) end++;
  const row = (line, tag) =>
    h(
      "tr",
      {},
      cells(line).map((cell, i) => h(tag, { class: `align-${aligns[i] ?? "left"}` }, spans(cell))),
    );
  return [
    h(
      "div",
      { class: "table-scroll", tabindex: 0 },
      h(
        "table",
        {},
        h("thead", {}, row(lines[at], "th")),
        h(
          "tbody",
          {},
          lines.slice(at + 2, end).map((line) => row(line, "td")),
        ),
      ),
    ),
    end,
  ];
}

function paragraph(lines, at) {
  let end = at + 1;
  while (
    end < lines.length &&
    lines[end].trim() &&
    !FENCE.test(lines[end]) &&
    !HEADING.test(lines[end]) &&
    !ITEM.test(lines[end]) &&
    !/^\s*>/.test(lines[end]) &&
    !RULE.test(lines[end])
  )
    end++;
  return [
    h(
      "p",
      {},
      lines.slice(at, end).flatMap((line, i) => [i ? h("br") : null, spans(line.trim())]),
    ),
    end,
  ];
}

const SPANS = [
  [/^\\([\\`*_{}[\]()#+.!|>~-])/, (m) => m[1]],
  [/^(`+)(.+?)\1(?!`)/, (m) => h("code", {}, m[2].trim())],
  [/^!?\[((?:[^\][]|\[[^\]]*\])*)\]\(<?([^\s)>]+)>?(?:\s+"[^"]*")?\)/, (m) => link(m[2], spans(m[1]))],
  [/^<(https?:[^\s<>]+|mailto:[^\s<>]+)>/, (m) => link(m[1], m[1])],
  [/^<@([UWB][A-Z0-9]+)>/, (m) => userMention(m[1])],
  [/^<#([CGD][A-Z0-9]+)(?:\|([^>]*))?>/, (m) => channelMention(m[1], m[2])],
  [/^https?:\/\/[^\s<>"')\]]+/, (m) => link(m[0], m[0])],
  [/^\*\*\*(?=\S)(.+?\S?)\*\*\*/, (m) => h("strong", {}, h("em", {}, spans(m[1])))],
  [/^(\*\*|__)(?=\S)(.*?\S)\1/, (m) => h("strong", {}, spans(m[2]))],
  [/^~~(?=\S)(.*?\S)~~/, (m) => h("s", {}, spans(m[1]))],
  [/^([*_])(?=[^\s*_])(.*?[^\s*_])\1(?![\p{L}\p{N}])/u, (m) => h("em", {}, spans(m[2]))],
  [/^:([\w+-]+):/, (m) => (charOf(m[1]) ? emoji(m[1]) : m[0])],
];

function spans(text) {
  const out = [];
  let words = "";
  for (let at = 0; at < text.length;) {
    const rest = text.slice(at);
    const inWord = /[\p{L}\p{N}]/u.test(text[at - 1] ?? "");
    const hit = /^[\p{L}\p{N}\s]/u.test(rest) && !/^https?:/.test(rest) ? null : firstSpan(rest, inWord);
    if (hit) {
      if (words) out.push(words);
      words = "";
      out.push(hit.node);
      at += hit.length;
    } else words += text[at++];
  }
  if (words) out.push(words);
  return out;
}

/** The first kind of span that begins here; `_` and bare addresses never begin inside a word. */
function firstSpan(rest, inWord) {
  if (inWord && /^(_|https?:)/.test(rest)) return null;
  for (const [pattern, make] of SPANS) {
    const found = rest.match(pattern);
    if (found) return { node: make(found), length: found[0].length };
  }
  return null;
}
