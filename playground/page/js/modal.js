// The modal views an app opens: one shown at a time, what was typed kept, errors at their fields.
import { act, explain, read, Refused } from "./api.js";
import { block, setError } from "./blocks.js";
import { dialog } from "./dialog.js";
import { h, slot } from "./dom.js";
import { problems } from "./form.js";
import { icon } from "./icons.js";
import { plainText } from "./mrkdwn.js";
import { appOf, face } from "./people.js";
import { session } from "./session.js";
import { coalesced } from "./stream.js";
import { inputsOf, surface } from "./surface.js";
import { t } from "./words.js";

/** One view, whether on top or under others: its form lives as long as it is in the stack. */
class Sheet {
  constructor(view) {
    this.view = view;
    this.node = h("div", { class: "sheet" });
    this.alert = h("p", { class: "alert alert-error sheet-error", role: "alert", hidden: true, "data-testid": "modal-error" });
    this.parts = new Map();
    this.surface = surface({
      app: view.app_id,
      container: { type: "view", view_id: view.id },
      list: () => inputsOf(this.view.blocks),
    });
  }

  update(view) {
    const before = JSON.stringify(this.view.errors ?? null);
    this.view = view;
    const next = new Map();
    view.blocks.forEach((one, at) =>
      next.set(one.block_id ?? at, this.parts.get(one.block_id ?? at) ?? slot("div", { class: "block-slot" })),
    );
    for (const [key, part] of this.parts) if (!next.has(key)) part.node.remove();
    [...next.values()].forEach((part, at) => {
      if (this.node.children[at] !== part.node) this.node.insertBefore(part.node, this.node.children[at] ?? null);
    });
    this.parts = next;
    view.blocks.forEach((one, at) => next.get(one.block_id ?? at).show(one, () => block(one, this.surface)));
    if (view.errors && JSON.stringify(view.errors) !== before) this.showErrors(view.errors);
  }

  /** Marks the fields that are wrong and goes to the first; true if there are any. */
  showErrors(errors) {
    for (const [key, part] of this.parts) setError(part.node, errors[key]);
    const strays = Object.entries(errors)
      .filter(([key]) => !this.parts.has(key))
      .map(([, text]) => text);
    this.complain(strays.length ? strays.join(" ") : null);
    const first = [...this.parts].find(([key]) => errors[key])?.[1].node;
    first?.scrollIntoView({ block: "center" });
    first?.querySelector("input,textarea,button")?.focus({ preventScroll: true });
    return Object.keys(errors).length > 0;
  }

  complain(text) {
    this.alert.hidden = !text;
    this.alert.textContent = text ?? "";
  }
}

/** Keeps the page's modal true to the person's view stack. `load()` at every piece of news about it. */
export function modals() {
  let stack = [],
    shell = null,
    shownId = null,
    busy = false;

  async function load() {
    const { view } = await read("/client/modal", { user: session.as });
    if (!view) {
      stack = [];
      away();
      return;
    }
    const at = stack.findIndex((sheet) => sheet.view.id === view.id);
    stack = at >= 0 ? stack.slice(0, at + 1) : [...stack, new Sheet(view)];
    show(stack.at(-1), view);
  }

  function away() {
    shell?.close();
    shell = null;
    shownId = null;
  }

  function show(sheet, view) {
    if (!shell) open();
    const fresh = shownId !== view.id;
    shownId = view.id;
    if (fresh) shell.body.replaceChildren(sheet.alert, sheet.node);
    sheet.update(view);
    frame(sheet, view);
    if (fresh) focusFirst(sheet);
  }

  function open() {
    shell = dialog({ title: "", testid: "modal", tag: "form", onclose: (how) => dismiss(how === "x" ? { clear: true } : {}) });
    shell.box.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      submit();
    });
    shell.head.prepend(
      h("span", { class: "modal-app" }),
      h(
        "button",
        {
          class: "icon-btn modal-back",
          type: "button",
          "aria-label": t("back"),
          "data-testid": "modal-back",
          onclick: () => dismiss({}),
        },
        icon("back"),
      ),
    );
  }

  function frame(sheet, view) {
    const title = view.title?.text ?? view.title ?? "";
    const app = appOf(view.app_id);
    shell.box.setAttribute("data-view", view.id);
    shell.head.querySelector("h2").replaceChildren(...plainText(title));
    shell.head.querySelector(".modal-app").replaceChildren(app ? face(app.bot_user, app.name, "face-small") : "");
    shell.head.querySelector(".modal-back").hidden = (view.depth ?? stack.length) < 2;
    const words = [view.close?.text ?? view.close ?? null, view.submit?.text ?? view.submit ?? null];
    shell.foot.replaceChildren(
      h(
        "button",
        { class: "btn", type: "button", "data-testid": "modal-close", "data-key": "modal-close", onclick: () => dismiss({}) },
        words[0] ? plainText(words[0]) : t(words[1] ? "cancel" : "close"),
      ),
    );
    if (words[1])
      shell.foot.append(
        h(
          "button",
          { class: "btn btn-primary", type: "submit", "data-testid": "modal-submit", "data-key": "modal-submit" },
          plainText(words[1]),
        ),
      );
    waiting(busy || Boolean(view.loading));
  }

  function focusFirst(sheet) {
    const wanted =
      sheet.node.querySelector("[autofocus]") ??
      sheet.node.querySelector("input:not([disabled]),textarea:not([disabled]),.picker") ??
      shell.foot.lastElementChild;
    wanted?.focus({ preventScroll: true });
  }

  function waiting(on) {
    if (!shell) return;
    shell.box.setAttribute("aria-busy", String(on));
    for (const button of shell.foot.children) button.setAttribute("aria-disabled", String(on));
  }

  async function submit() {
    const sheet = stack.at(-1);
    if (!sheet || busy || sheet.view.loading) return;
    const inputs = inputsOf(sheet.view.blocks);
    if (sheet.showErrors(problems(inputs, sheet.surface.form))) return;
    await asking(sheet, async () => {
      const answer = await act("submit", { view_id: sheet.view.id, state: sheet.surface.form.snapshot(inputs) });
      if (answer.errors) sheet.showErrors(answer.errors);
    });
  }

  async function dismiss({ clear = false }) {
    const sheet = stack.at(-1);
    if (!sheet || busy) return;
    await asking(sheet, () => act("close", { view_id: sheet.view.id, clear }));
  }

  async function asking(sheet, ask) {
    busy = true;
    waiting(true);
    sheet.complain(null);
    try {
      await ask();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.answer.errors) sheet.showErrors(error.answer.errors);
      else sheet.complain(error.error === "app_did_not_respond" ? t("submit_failed") : explain(error));
    } finally {
      busy = false;
      waiting(false);
    }
    await keep();
  }

  const keep = coalesced(load);
  return { load: keep };
}
