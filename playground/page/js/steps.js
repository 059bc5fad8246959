// The strip of things to try: what to press as whom, with a tick one sets oneself.
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { inline } from "./mrkdwn.js";
import { face, nameOf } from "./people.js";
import { addressOf, session } from "./session.js";
import { t } from "./words.js";

/** The strip, or null if this world has no steps. */
export function steps() {
  const all = session.boot.steps ?? [];
  if (!all.length) return null;
  const doneKey = `steps:${session.boot.name}`;
  const done = new Set(JSON.parse(localStorage.getItem(doneKey) ?? "[]"));
  const list = h("ol", { class: "steps-list", id: "steps-list" }, all.map(step));
  const count = h("span", {});
  const fold = h(
    "button",
    {
      class: "steps-fold",
      type: "button",
      "aria-controls": "steps-list",
      "data-testid": "steps-fold",
      onclick: () => set(!list.hidden),
    },
    icon("flag"),
    count,
    icon("chevron"),
  );
  const node = h("section", { class: "steps", "aria-label": t("steps"), "data-testid": "steps" }, fold, list);

  function step(one, at) {
    const box = h("input", {
      type: "checkbox",
      checked: done.has(at),
      "aria-label": `${at + 1}: ${t("step_done")}`,
      title: t("step_done"),
      onchange: () => {
        if (box.checked) done.add(at);
        else done.delete(at);
        item.classList.toggle("done", box.checked);
        tally();
      },
    });
    const current = one.as === session.as;
    const item = h(
      "li",
      { class: `step ${done.has(at) ? "done" : ""}` },
      h("label", { class: "step-tick" }, box),
      h(
        "a",
        {
          class: "step-link",
          href: addressOf({ as: one.as, channel: one.channel }),
          "data-testid": "step",
          "aria-current": current ? "step" : null,
        },
        face(one.as, nameOf(one.as), "face-small"),
        h(
          "span",
          { class: "step-text" },
          h("strong", {}, `${at + 1}. ${t("step_as", { name: nameOf(one.as) })}`),
          " ",
          h("span", {}, inline(one[session.lang] ?? one.en ?? "")),
        ),
      ),
    );
    return item;
  }

  function tally() {
    localStorage.setItem(doneKey, JSON.stringify([...done]));
    count.textContent = t("steps_n", { done: done.size, all: all.length });
  }

  function set(hidden) {
    list.hidden = hidden;
    fold.setAttribute("aria-expanded", String(!hidden));
    localStorage.setItem("steps-hidden", hidden ? "1" : "");
  }

  const kept = localStorage.getItem("steps-hidden");
  set(kept === null ? matchMedia("(max-width: 720px)").matches : kept === "1");
  tally();
  return node;
}
