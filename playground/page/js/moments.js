// Fields for a date or a time that say in words what is chosen, as Slack's do: browsers write 12/05/2026 by their own locale.
import { h } from "./dom.js";
import { momentText } from "./times.js";
import { t } from "./words.js";

const EMPTY = { date: "pick_date", time: "pick_time", "datetime-local": "pick_date_time" };

/** A native field (`date`, `time`, `datetime-local`) under its words, and `set(value)`. While somebody types in it, it shows itself. */
export function momentField(input, { value = "", placeholder } = {}) {
  const words = h("span", { class: "moment-words", "aria-hidden": "true" });
  const node = h("span", { class: "moment" }, input, words);
  const say = () => {
    words.textContent = input.value ? momentText(input.value) : (placeholder ?? t(EMPTY[input.type]));
    words.classList.toggle("dim", !input.value);
  };
  const set = (to) => {
    input.value = to ?? "";
    say();
  };
  input.addEventListener("input", say);
  input.addEventListener("keydown", (event) => event.key !== "Tab" && node.classList.add("typed-in"));
  input.addEventListener("blur", () => node.classList.remove("typed-in"));
  input.addEventListener("click", () => input.showPicker?.());
  set(value);
  return { node, set };
}
