// Fields one types into or ticks.
import { composing, debounce, h, uid } from "./dom.js";
import { momentField } from "./moments.js";
import { mrkdwn, plainText, textObject } from "./mrkdwn.js";
import { fromEpoch, toEpoch } from "./times.js";
import { t } from "./words.js";

export const FIELDS = {
  plain_text_input: text,
  number_input: (one, ctx) => text(one, ctx, { inputmode: one.is_decimal_allowed ? "decimal" : "numeric" }),
  email_text_input: (one, ctx) => text(one, ctx, { type: "email", inputmode: "email" }),
  url_text_input: (one, ctx) => text(one, ctx, { type: "url", inputmode: "url" }),
  rich_text_input: richTextInput,
  datepicker: (one, ctx) => moment(one, ctx, "date", "selected_date", one.initial_date),
  timepicker: (one, ctx) => moment(one, ctx, "time", "selected_time", one.initial_time),
  datetimepicker: dateTime,
  checkboxes: (one, ctx) => choices(one, ctx, "checkbox"),
  radio_buttons: (one, ctx) => choices(one, ctx, "radio"),
  file_input: (one, ctx) => {
    ctx.seed({ files: [] });
    return h("input", { type: "file", class: "field", disabled: true, ...ctx.attributes });
  },
};

function text(one, ctx, props = {}) {
  const state = ctx.seed({ value: one.initial_value ?? null });
  const multiline = one.multiline === true;
  const node = h(multiline ? "textarea" : "input", {
    class: "field",
    rows: multiline ? 4 : null,
    type: multiline ? null : "text",
    placeholder: one.placeholder?.text,
    autocomplete: "off",
    autofocus: one.focus_on_load,
    ...props,
    ...ctx.attributes,
    "aria-label": ctx.attributes["aria-labelledby"] ? null : (one.placeholder?.text ?? one.action_id),
  });
  node.value = state.value ?? "";
  const left = one.max_length ? h("small", { class: "counter dim", "aria-live": "polite" }) : null;
  const count = () => {
    if (!left) return;
    const room = one.max_length - [...node.value].length;
    left.textContent = room <= Math.max(20, one.max_length * 0.1) ? t("left", { n: room }) : "";
    left.classList.toggle("over", room < 0);
  };
  const onKeys = one.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const keep = (tell) => ctx.change({ value: node.value || null }, { tell });
  const tellSoon = debounce(() => keep(true), 400);
  node.addEventListener("input", () => {
    keep(false);
    count();
    if (ctx.tells && onKeys.includes("on_character_entered")) tellSoon();
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || composing(event) || multiline) return;
    if (ctx.tells && onKeys.includes("on_enter_pressed")) {
      event.preventDefault();
      keep(true);
    }
  });
  if (multiline) node.addEventListener("input", () => grow(node));
  count();
  return left ? h("span", { class: "field-wrap" }, node, left) : node;
}

/** A text area as high as its text, within reason. */
export function grow(area, most = 320) {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 2, most)}px`;
}

const richValue = (value) => ({
  rich_text_value: value
    ? { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text: value }] }] }
    : null,
});
const flat = (block) => (block?.elements ?? []).flatMap((part) => (part.elements ?? []).map((run) => run.text ?? "")).join("");

function richTextInput(one, ctx) {
  const state = ctx.seed({ rich_text_value: one.initial_value ?? null });
  const node = h("textarea", {
    class: "field",
    rows: one.min_lines ?? 4,
    placeholder: one.placeholder?.text,
    ...ctx.attributes,
    oninput: () => ctx.change(richValue(node.value), { tell: false }),
  });
  node.value = flat(state.rich_text_value);
  return node;
}

function moment(one, ctx, type, key, initial) {
  const state = ctx.seed({ [key]: initial ?? null });
  const node = h("input", {
    type,
    class: "field field-moment",
    ...ctx.attributes,
    "aria-label": ctx.attributes["aria-labelledby"] ? null : (one.placeholder?.text ?? one.action_id),
  });
  const field = momentField(node, { value: state[key], placeholder: one.placeholder?.text });
  node.addEventListener("change", () =>
    ctx.change({ [key]: node.value || null }, { undo: () => field.set(ctx.surface.form.get(ctx.blockId, one.action_id)[key]) }),
  );
  return field.node;
}

function dateTime(one, ctx) {
  const state = ctx.seed({ selected_date_time: one.initial_date_time ?? null });
  const node = h("input", { type: "datetime-local", class: "field field-moment", ...ctx.attributes });
  const chosen = state.selected_date_time ? fromEpoch(state.selected_date_time) : "";
  node.addEventListener("change", () => ctx.change({ selected_date_time: node.value ? toEpoch(node.value) : null }));
  return momentField(node, { value: chosen }).node;
}

function choices(one, ctx, type) {
  const many = type === "checkbox";
  const state = ctx.seed(
    many ? { selected_options: one.initial_options ?? [] } : { selected_option: one.initial_option ?? null },
  );
  const chosen = new Set((many ? state.selected_options : [state.selected_option]).filter(Boolean).map((option) => option.value));
  const name = uid("choice");
  const boxes = one.options.map((option, at) =>
    h("input", {
      type,
      name,
      id: `${name}-${at}`,
      "data-key": `${ctx.key}/${option.value}`,
      checked: chosen.has(option.value),
      onchange: told,
    }),
  );
  function picked() {
    return one.options.filter((_, at) => boxes[at].checked);
  }
  function told() {
    ctx.change(many ? { selected_options: picked() } : { selected_option: picked()[0] ?? null }, { undo: restore });
  }
  function restore() {
    const kept = ctx.surface.form.get(ctx.blockId, one.action_id);
    const values = new Set((many ? kept.selected_options : [kept.selected_option]).filter(Boolean).map((option) => option.value));
    one.options.forEach((option, at) => {
      boxes[at].checked = values.has(option.value);
    });
  }
  return h(
    "span",
    { class: "choices", role: many ? "group" : "radiogroup", "aria-labelledby": ctx.attributes["aria-labelledby"] },
    one.options.map((option, at) =>
      h(
        "label",
        { class: "choice", for: `${name}-${at}` },
        boxes[at],
        h(
          "span",
          {},
          h("span", { class: "prose" }, textObject(option.text)),
          option.description &&
            h(
              "small",
              { class: "dim" },
              option.description.type === "mrkdwn" ? mrkdwn(option.description.text) : plainText(option.description.text),
            ),
        ),
      ),
    ),
  );
}
