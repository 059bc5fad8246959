// The elements of Block Kit: buttons and menus here, text fields in fields.js, selects in selects.js.
import { h } from "./dom.js";
import { picture } from "./blocks.js";
import { FIELDS } from "./fields.js";
import { icon } from "./icons.js";
import { menu } from "./menu.js";
import { plainText } from "./mrkdwn.js";
import { SELECTS } from "./selects.js";
import { session } from "./session.js";
import { perform, sure } from "./surface.js";
import { t } from "./words.js";

const BUTTONS = {
  button,
  overflow,
  workflow_button: workflowButton,
  feedback_buttons: feedback,
  icon_button: iconButton,
  image: (one) => picture(one, true),
};

/** One element. `field` comes from its input block, if it stands in one: ids of label and hint, and the block. */
export function element(one, surface, blockId, field = null) {
  const make = BUTTONS[one.type] ?? FIELDS[one.type] ?? SELECTS[one.type];
  if (!make) return h("pre", { class: "unknown", "data-testid": "unknown-element" }, JSON.stringify(one, null, 2));
  const host = h("span", { class: `el el-${one.type}`, "data-action": one.action_id });
  host.append(make(one, context(one, surface, blockId, field, host)));
  return host;
}

/** What every element needs: its state, how to change it, and how to tell the app. */
function context(one, surface, blockId, field, host) {
  const tells = !field || field.input.dispatch_action;
  const key = `${blockId}/${one.action_id}`;
  return {
    surface,
    blockId,
    key,
    tells,
    attributes: { id: field?.id, "data-key": key, "aria-labelledby": field?.label, "aria-describedby": field?.hint },
    seed: (initial) => surface.form.seed(blockId, one.action_id, { type: one.type, ...initial }),
    /** Keeps a new state; tells the app too where Slack does. `undo` runs if the person says no to the confirm dialog. */
    async change(state, { tell = tells, undo } = {}) {
      if (tell && !(await sure(one))) {
        undo?.();
        return;
      }
      surface.form.put(blockId, one.action_id, { type: one.type, ...state });
      if (tell) await perform(surface, one, blockId, host, state);
    },
    async press(fields) {
      if (await sure(one)) await perform(surface, one, blockId, host, fields);
    },
  };
}

function button(one, ctx) {
  const look = { primary: "btn-primary", danger: "btn-danger" }[one.style] ?? "";
  const label = { "aria-label": one.accessibility_label, "data-key": ctx.key };
  if (one.url && /^https?:/i.test(one.url)) {
    return h(
      "a",
      {
        class: `btn ${look}`,
        href: one.url,
        target: "_blank",
        rel: "noopener noreferrer",
        title: t("opens_window"),
        onclick: () => ctx.press({ value: one.value }),
        ...label,
      },
      plainText(one.text.text),
    );
  }
  return h(
    "button",
    { class: `btn ${look}`, type: "button", onclick: () => ctx.press({ value: one.value }), ...label },
    plainText(one.text.text),
  );
}

function overflow(one, ctx) {
  return h(
    "button",
    {
      class: "btn btn-square",
      type: "button",
      "aria-label": t("more"),
      "aria-haspopup": "menu",
      "data-key": ctx.key,
      onclick: (event) =>
        menu(
          event.currentTarget,
          one.options.map((option) => ({
            label: plainText(option.text.text),
            note: option.description?.text,
            act: () => {
              if (/^https?:/i.test(option.url ?? "")) window.open(option.url, "_blank", "noopener");
              ctx.press({ selected_option: option });
            },
          })),
          { label: t("more") },
        ),
    },
    icon("more"),
  );
}

function workflowButton(one) {
  return h("button", { class: "btn", type: "button", disabled: true }, plainText(one.text.text));
}

function feedback(one, ctx) {
  const side = (part, name) =>
    h(
      "button",
      {
        class: "btn btn-quiet",
        type: "button",
        "aria-label": part.accessibility_label ?? t(name),
        "data-key": `${ctx.key}/${name}`,
        onclick: () => ctx.press({ value: part.value }),
      },
      plainText(part.text.text),
    );
  return h("span", { class: "pair" }, side(one.positive_button, "helpful"), side(one.negative_button, "not_helpful"));
}

function iconButton(one, ctx) {
  if (one.visible_to_user_ids && !one.visible_to_user_ids.includes(session.as)) return h("span");
  return h(
    "button",
    {
      class: "btn btn-quiet",
      type: "button",
      "aria-label": one.accessibility_label ?? one.text.text,
      "data-key": ctx.key,
      onclick: () => ctx.press({ value: one.value }),
    },
    icon(one.icon === "trash" ? "trash" : "bolt"),
    plainText(one.text.text),
  );
}
