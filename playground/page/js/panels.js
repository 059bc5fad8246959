// Blocks that frame something: alert, card, carousel, container, plan and task card.
import { h, uid } from "./dom.js";
import { picture } from "./blocks.js";
import { element } from "./elements.js";
import { icon } from "./icons.js";
import { link, mrkdwn, plainText, textObject } from "./mrkdwn.js";
import { richText } from "./rich_text.js";
import { t } from "./words.js";

const ALERT_ICON = { info: "info", warning: "warning", error: "warning", success: "check", default: "info" };

export function alertBlock(one) {
  const level = ALERT_ICON[one.level] ? one.level : "default";
  return h(
    "div",
    { class: `alert alert-${level}`, role: level === "error" ? "alert" : "note" },
    icon(ALERT_ICON[level]),
    h("div", { class: "prose" }, textObject(one.text)),
  );
}

export function card(one, surface) {
  return h(
    "article",
    { class: "panel" },
    one.hero_image && picture(one.hero_image),
    h(
      "div",
      { class: "panel-head" },
      one.icon && picture(one.icon, true),
      h(
        "div",
        {},
        one.title && h("div", { class: "panel-title" }, mrkdwn(one.title.text)),
        one.subtitle && h("div", { class: "dim" }, mrkdwn(one.subtitle.text)),
      ),
    ),
    one.body && h("div", { class: "prose" }, mrkdwn(one.body.text)),
    one.actions &&
      h(
        "div",
        { class: "block-actions" },
        one.actions.map((part) => element(part, surface, one.block_id)),
      ),
  );
}

export function carousel(one, surface) {
  return h(
    "div",
    { class: "carousel", role: "group", tabindex: 0 },
    (one.elements ?? []).map((part) => card({ block_id: one.block_id, ...part }, surface)),
  );
}

/** `block` is handed in: blocks hold containers and containers hold blocks. */
export function container(one, surface, block) {
  const id = uid("container");
  const inner = h(
    "div",
    { class: "panel-body", id },
    (one.child_blocks ?? []).map((child) => block(child, surface)),
  );
  const title = one.title ? plainText(one.title.text) : richText(one.rich_text_title ?? {});
  const words = [
    one.icon && picture(one.icon, true),
    h("span", { class: "panel-title" }, title),
    one.subtitle && h("span", { class: "dim" }, textObject(one.subtitle)),
  ];
  const frame = h("section", { class: `panel panel-${one.width ?? "standard"} ${one.has_header_divider ? "panel-lined" : ""}` });
  if (!one.is_collapsible) {
    frame.append(h("div", { class: "panel-head" }, words), inner);
    return frame;
  }
  const fold = h(
    "button",
    {
      class: "panel-head panel-fold",
      type: "button",
      "aria-controls": id,
      "data-key": `fold-${one.block_id}`,
      onclick: () => set(!inner.hidden),
    },
    words,
    icon("chevron"),
  );
  const set = (hidden) => {
    inner.hidden = hidden;
    fold.setAttribute("aria-expanded", String(!hidden));
  };
  set(Boolean(one.default_collapsed));
  frame.append(fold, inner);
  return frame;
}

export function plan(one) {
  return h("section", { class: "panel" }, h("div", { class: "panel-title" }, one.title), (one.tasks ?? []).map(taskCard));
}

export function taskCard(one) {
  return h(
    "div",
    { class: `task task-${one.status}` },
    h("div", {}, h("strong", {}, one.title), " ", h("span", { class: "badge" }, t(`task_${one.status}`))),
    one.details && h("div", { class: "prose" }, richText(one.details)),
    one.output && h("div", { class: "prose" }, richText(one.output)),
    one.sources &&
      h(
        "div",
        { class: "dim" },
        one.sources.map((source, at) => [at ? ", " : "", link(source.url, source.text ?? source.url)]),
      ),
  );
}
