// Block Kit to nodes. A block this page does not know shows its JSON: it never vanishes.
import { h, uid } from "./dom.js";
import { element } from "./elements.js";
import { icon } from "./icons.js";
import { markdown } from "./markdown.js";
import { plainText, textObject, link } from "./mrkdwn.js";
import { richText } from "./rich_text.js";
import { alertBlock, card, carousel, container, plan, taskCard } from "./panels.js";
import { dataTable, table } from "./tables.js";
import { chart } from "./charts.js";
import { t } from "./words.js";

/** All blocks of a message or Home. `surface` says where they are and carries acts to the app (see surface.js). */
export const blocks = (list, surface) => list.map((one) => block(one, surface));

/** One block. */
export function block(one, surface) {
  const make = KINDS[one.type];
  const inner = make ? make(one, surface) : unknown(one);
  return h(
    "div",
    { class: `block block-${make ? one.type : "unknown"}`, "data-block": one.type, "data-block-id": one.block_id },
    inner,
  );
}

const KINDS = {
  section,
  context,
  actions,
  input,
  image,
  video,
  header: (one) => h("h3", { class: "block-title" }, textObject(one.text)),
  divider: () => h("hr"),
  rich_text: (one) => h("div", { class: "prose" }, richText(one)),
  markdown: (one) => h("div", { class: "prose md" }, markdown(one.text)),
  context_actions: actions,
  table,
  data_table: dataTable,
  data_visualization: chart,
  alert: alertBlock,
  card,
  carousel,
  container: (one, surface) => container(one, surface, block),
  plan,
  task_card: taskCard,
  file: (one) => h("div", { class: "file" }, icon("file"), h("span", {}, one.external_id)),
};

function unknown(one) {
  return [
    h("p", { class: "dim" }, t("unknown_block", { type: one.type ?? "?" })),
    h("pre", { class: "unknown", "data-testid": "unknown-block" }, JSON.stringify(one, null, 2)),
  ];
}

function section(one, surface) {
  return [
    h(
      "div",
      { class: "section-main" },
      one.text && expandable(h("div", { class: "prose" }, textObject(one.text)), one),
      one.fields &&
        h(
          "div",
          { class: "fields" },
          one.fields.map((field) => h("div", { class: "prose" }, textObject(field))),
        ),
    ),
    one.accessory && h("div", { class: "accessory" }, element(one.accessory, surface, one.block_id)),
  ];
}

/** Slack folds a long section unless it is told to expand it. */
function expandable(node, one) {
  if (one.expand || (one.text.text ?? "").length < 1200) return node;
  node.classList.add("folded");
  const more = h(
    "button",
    {
      class: "link-btn",
      type: "button",
      "aria-expanded": "false",
      onclick: () => {
        const folded = node.classList.toggle("folded");
        more.textContent = t(folded ? "see_more" : "see_less");
        more.setAttribute("aria-expanded", String(!folded));
      },
    },
    t("see_more"),
  );
  return [node, more];
}

function context(one, surface) {
  return (one.elements ?? []).map((part) =>
    part.type === "image" ? element(part, surface, one.block_id) : h("span", { class: "prose" }, textObject(part)),
  );
}

function actions(one, surface) {
  return (one.elements ?? []).map((part) => element(part, surface, one.block_id));
}

function image(one) {
  return h("figure", {}, one.title && h("figcaption", {}, plainText(one.title.text)), picture(one));
}

/** A picture if it is on this machine, else a place with its description: nothing is fetched from elsewhere. */
export function picture(one, small = false) {
  const url = one.image_url ?? one.slack_file?.url ?? "";
  const local =
    /^data:image\//.test(url) ||
    (URL.canParse(url, location.href) && new URL(url, location.href).origin === location.origin && url);
  if (local) return h("img", { src: url, alt: one.alt_text ?? "", class: small ? "picture-small" : "picture", loading: "lazy" });
  if (small)
    return h(
      "span",
      { class: "picture-small picture-none", role: "img", "aria-label": one.alt_text, title: one.alt_text },
      icon("image"),
    );
  return h(
    "div",
    { class: "picture picture-none", role: "img", "aria-label": one.alt_text || t("image_not_loaded") },
    icon("image"),
    h("span", {}, one.alt_text || t("image_not_loaded")),
    url && h("small", { class: "dim" }, url),
  );
}

function video(one) {
  return h(
    "div",
    { class: "video" },
    h("strong", {}, one.title_url ? link(one.title_url, plainText(one.title.text)) : plainText(one.title?.text)),
    one.author_name && h("div", { class: "dim" }, [one.provider_name, one.author_name].filter(Boolean).join(" · ")),
    one.description && h("div", {}, plainText(one.description.text)),
    h(
      "div",
      { class: "picture picture-none", role: "img", "aria-label": one.alt_text },
      icon("play"),
      h("span", {}, one.alt_text),
    ),
    link(one.video_url, t("send_link")),
  );
}

const GROUPS = new Set(["checkboxes", "radio_buttons"]);

function input(one, surface) {
  const id = uid("input");
  const grouped = GROUPS.has(one.element.type);
  const hint = one.hint && h("p", { class: "hint", id: `${id}-hint` }, plainText(one.hint.text));
  const words = [plainText(one.label.text), one.optional && h("span", { class: "dim" }, ` ${t("optional")}`)];
  const control = element(one.element, surface, one.block_id, {
    id,
    label: `${id}-label`,
    hint: `${id}-error${hint ? ` ${id}-hint` : ""}`,
    input: one,
  });
  const error = h("p", { class: "error", id: `${id}-error`, role: "alert", hidden: true, "data-testid": "field-error" });
  const parts = [control, error, hint];
  return grouped
    ? h("fieldset", { "aria-describedby": `${id}-error` }, h("legend", { id: `${id}-label`, class: "label" }, words), parts)
    : [h("label", { for: id, id: `${id}-label`, class: "label" }, words), parts];
}

/** Shows `text` (or nothing) as the error of an input block's node. */
export function setError(node, text) {
  const place = node.querySelector(".error");
  if (!place) return;
  place.textContent = text ?? "";
  place.hidden = !text;
  node.classList.toggle("has-error", Boolean(text));
  for (const control of node.querySelectorAll("input,textarea,[aria-haspopup]"))
    control.setAttribute("aria-invalid", String(Boolean(text)));
}
