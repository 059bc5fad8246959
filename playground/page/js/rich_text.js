// The rich_text block.
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { broadcast, channelMention, dateText, link, userMention } from "./mrkdwn.js";
import { teamName } from "./people.js";
import { dateFormat } from "./times.js";

const WRAPS = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code" };

export function richText(block) {
  return (block.elements ?? []).map(part);
}

function part(element) {
  switch (element.type) {
    case "rich_text_section":
      return h("div", { class: "rt-section" }, runs(element.elements));
    case "rich_text_preformatted":
      return h("pre", {}, runs(element.elements));
    case "rich_text_quote":
      return h("blockquote", {}, runs(element.elements));
    case "rich_text_list":
      return list(element);
    default:
      return h("pre", { class: "unknown" }, JSON.stringify(element, null, 2));
  }
}

function list(element) {
  const ordered = element.style === "ordered";
  return h(
    ordered ? "ol" : "ul",
    {
      class: `rt-list depth-${Math.min(element.indent ?? 0, 8)}`,
      start: ordered && element.offset ? element.offset + 1 : null,
      style: { "--depth": element.indent ?? 0 },
    },
    (element.elements ?? []).map((item) => h("li", {}, item.type === "rich_text_section" ? runs(item.elements) : part(item))),
  );
}

const runs = (elements) => (elements ?? []).map(run);

/** Text with its line breaks. */
const broken = (text) =>
  String(text ?? "")
    .split("\n")
    .flatMap((line, at) => (at ? [h("br"), line] : [line]));

function run(element) {
  return styled(bare(element), element.style);
}

function bare(element) {
  switch (element.type) {
    case "text":
      return broken(element.text);
    case "link":
      return [link(element.url, ...broken(element.text || element.url))];
    case "user":
      return [userMention(element.user_id)];
    case "channel":
      return [channelMention(element.channel_id)];
    case "usergroup":
      return [h("span", { class: "mention" }, `@${element.usergroup_id}`)];
    case "team":
      return [h("span", { class: "mention" }, `@${teamName(element.team_id)}`)];
    case "broadcast":
      return [broadcast(element.range)];
    case "emoji":
      return [emoji(element.skin_tone ? `${element.name}::skin-tone-${element.skin_tone}` : element.name)];
    case "color":
      return [
        h(
          "code",
          {},
          h("span", {
            class: "swatch",
            style: { background: /^#[0-9a-f]{3,8}$/i.test(element.value) ? element.value : "transparent" },
          }),
          element.value,
        ),
      ];
    case "date":
      return [
        dateText(element.timestamp, element.format, element.url, element.fallback ?? dateFormat(element.timestamp, "{date}")),
      ];
    default:
      return [h("code", { class: "unknown" }, JSON.stringify(element))];
  }
}

function styled(nodes, style = {}) {
  return Object.entries(WRAPS).reduce((inner, [name, tag]) => (style[name] ? [h(tag, {}, inner)] : inner), nodes);
}
