// What a person has typed and chosen in a view, a Home or a message: Slack's `state.values`, and its rules.
import { t } from "./words.js";

const VALUE_KEYS = [
  "value",
  "selected_option",
  "selected_options",
  "selected_user",
  "selected_users",
  "selected_conversation",
  "selected_conversations",
  "selected_channel",
  "selected_channels",
  "selected_date",
  "selected_time",
  "selected_date_time",
  "rich_text_value",
  "files",
];

export class Form {
  /** `sticky`: what was typed outlives a changed initial value (Slack's rule for views). */
  constructor({ sticky }) {
    this.sticky = sticky;
    this.values = {};
    this.seeds = new Map();
  }

  get(block, action) {
    return this.values[block]?.[action];
  }

  put(block, action, state) {
    (this.values[block] ??= {})[action] = state;
  }

  /** The state to show for an element whose own initial state is `initial`. */
  seed(block, action, initial) {
    const key = `${block}\n${action}\n${initial.type}`;
    const print = JSON.stringify(initial);
    const fresh = !this.seeds.has(key) || (!this.sticky && this.seeds.get(key) !== print);
    this.seeds.set(key, print);
    if (fresh) this.put(block, action, initial);
    return this.get(block, action);
  }

  /** The values of the blocks that are shown now. */
  snapshot(blocks) {
    const shown = new Set(blocks.map((block) => block.block_id));
    return Object.fromEntries(Object.entries(this.values).filter(([block]) => shown.has(block)));
  }
}

/** True if nothing was typed or chosen. */
export function isEmpty(state) {
  const value = VALUE_KEYS.map((key) => state?.[key]).find((found) => found !== undefined && found !== null);
  return value === undefined || value === "" || (Array.isArray(value) && !value.length);
}

/** What is wrong before anything is sent: {block_id: text}. */
export function problems(blocks, form) {
  const found = {};
  for (const block of blocks) {
    if (block.type !== "input") continue;
    const wrong = problem(block, form.get(block.block_id, block.element.action_id));
    if (wrong) found[block.block_id] = wrong;
  }
  return found;
}

function problem({ element, optional }, state) {
  if (isEmpty(state)) return optional ? null : t("required");
  const text = state.value;
  switch (element.type) {
    case "plain_text_input":
      return length(element, text);
    case "number_input":
      return number(element, text);
    case "email_text_input":
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? null : t("not_email");
    case "url_text_input":
      return /^https?:\/\/[^\s]+$/.test(text) ? null : t("not_url");
    default:
      return null;
  }
}

function length(element, text) {
  const n = [...text].length;
  if (element.min_length && n < element.min_length) return t("min_length", { n: element.min_length });
  if (element.max_length && n > element.max_length) return t("max_length", { n: element.max_length });
  return null;
}

function number(element, text) {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return t("not_number");
  if (!element.is_decimal_allowed && text.includes(".")) return t("not_integer");
  if (element.min_value !== undefined && Number(text) < Number(element.min_value))
    return t("min_value", { n: element.min_value });
  if (element.max_value !== undefined && Number(text) > Number(element.max_value))
    return t("max_value", { n: element.max_value });
  return null;
}
