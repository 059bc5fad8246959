// The shell of every modal window: title, body, foot; Esc closes, Tab stays inside, focus comes back.
import { h, uid } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

const STOPS =
  "a[href],button:not([disabled]),input:not([disabled]),select:not([disabled]),textarea:not([disabled]),[tabindex]:not([tabindex='-1'])";

/**
 * Opens a dialog. `onclose` runs when the person closes it (Esc, ×, the close button).
 * Returns {box, head, body, foot, close}; `close()` only takes it away.
 */
export function dialog({ title, testid, wide = false, onclose, tag = "div" }) {
  const id = uid("dialog");
  const before = document.activeElement;
  const head = h(
    "header",
    { class: "dialog-head" },
    h("h2", { id }, title),
    h(
      "button",
      {
        class: "icon-btn",
        type: "button",
        "aria-label": t("close"),
        "data-key": "dialog-close",
        "data-testid": "dialog-close",
        onclick: () => dismiss("x"),
      },
      icon("close"),
    ),
  );
  const body = h("div", { class: "dialog-body" });
  const foot = h("footer", { class: "dialog-foot" });
  const box = h(
    "dialog",
    { class: `dialog ${wide ? "dialog-wide" : ""}`, "aria-labelledby": id, "data-testid": testid },
    h(tag, { class: "dialog-sheet", novalidate: tag === "form" }, head, body, foot),
  );
  function close() {
    if (!box.isConnected) return;
    box.close();
    box.remove();
    if (before?.isConnected) before.focus({ preventScroll: true });
  }
  function dismiss(how) {
    if (onclose) onclose(how, close);
    else close();
  }
  box.addEventListener("cancel", (event) => {
    event.preventDefault();
    dismiss("esc");
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      dismiss("esc");
    }
    if (event.key === "Tab") cycle(box, event);
  });
  document.body.append(box);
  box.showModal();
  return { box, head, body, foot, close };
}

function cycle(box, event) {
  const stops = [...box.querySelectorAll(STOPS)].filter((stop) => stop.offsetParent !== null);
  const [first, last] = [stops[0], stops.at(-1)];
  const at = document.activeElement;
  if (event.shiftKey && (at === first || !box.contains(at))) {
    event.preventDefault();
    last?.focus();
  }
  if (!event.shiftKey && (at === last || !box.contains(at))) {
    event.preventDefault();
    first?.focus();
  }
}

/** Asks a yes-or-no question; resolves to true only on yes. Texts may be nodes. */
export function confirm({ title, text, yes = t("ok"), no = t("cancel"), danger = false }) {
  return new Promise((resolve) => {
    const shell = dialog({
      title,
      testid: "confirm",
      onclose: (how, close) => {
        close();
        resolve(false);
      },
    });
    const answer = (value) => () => {
      shell.close();
      resolve(value);
    };
    shell.body.append(h("div", { class: "prose" }, text));
    const accept = h(
      "button",
      {
        class: `btn ${danger ? "btn-danger" : "btn-primary"}`,
        type: "button",
        "data-testid": "confirm-yes",
        onclick: answer(true),
      },
      yes,
    );
    shell.foot.append(
      h("button", { class: "btn", type: "button", "data-testid": "confirm-no", onclick: answer(false) }, no),
      accept,
    );
    accept.focus();
  });
}
