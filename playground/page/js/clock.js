// The business clock: what it says, and the buttons that move it on.
import { explain, post, read, Refused } from "./api.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { popover } from "./menu.js";
import { momentField } from "./moments.js";
import { wallText } from "./times.js";
import { t } from "./words.js";

const two = (n) => String(n).padStart(2, "0");

/** The same offset, another wall time: some days after `iso`, at an hour. */
export function morningAfter(iso, days, hour) {
  const [, y, m, d] = iso.match(/^(\d+)-(\d+)-(\d+)/).map(Number);
  const day = new Date(Date.UTC(y, m - 1, d + days));
  return `${day.getUTCFullYear()}-${two(day.getUTCMonth() + 1)}-${two(day.getUTCDate())}T${two(hour)}:00:00${offsetOf(iso)}`;
}

const offsetOf = (iso) => iso.match(/(Z|[+-]\d\d:\d\d)$/)?.[0] ?? "";

/** How many days to the next Monday after the day of `iso`. */
export function daysToMonday(iso) {
  const [, y, m, d] = iso.match(/^(\d+)-(\d+)-(\d+)/).map(Number);
  return (8 - new Date(Date.UTC(y, m - 1, d)).getUTCDay()) % 7 || 7;
}

/** The clock of the head. `hear(now)` sets it. */
export function clock(first) {
  let now = first,
    close = null;
  const face = h("span", { class: "clock-text", "data-testid": "clock-text" });
  const node = h(
    "button",
    {
      class: "clock",
      type: "button",
      "data-testid": "clock",
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
      onclick: open,
    },
    icon("clock"),
    face,
  );
  const said = h("p", { class: "dim clock-said", role: "status" });

  function hear(iso) {
    if (!iso) return;
    now = iso;
    face.textContent = wallText(now);
    node.setAttribute("aria-label", `${t("clock")}: ${wallText(now)}`);
    node.title = t("clock");
  }

  async function move(body) {
    const panel = said.parentElement;
    panel.setAttribute("aria-busy", "true");
    said.textContent = t("moving");
    try {
      hear((await post("/_clock", body)).now);
      close?.();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      said.textContent = error.error === "network" ? explain(error) : t("past");
    } finally {
      panel.setAttribute("aria-busy", "false");
    }
  }

  function open() {
    if (close) {
      close();
      return;
    }
    said.textContent = t("clock_hint");
    const date = h("input", {
      class: "field",
      type: "datetime-local",
      "aria-label": t("date_and_time"),
      "data-testid": "clock-date",
    });
    const step = (word, testid, body) =>
      h("button", { class: "btn", type: "button", "data-testid": testid, onclick: () => move(body()) }, t(word));
    close = popover(
      node,
      h(
        "div",
        { class: "clock-panel", "data-testid": "clock-panel" },
        h("strong", {}, wallText(now)),
        step("plus_hour", "clock-hour", () => ({ advance_s: 3600 })),
        step("tomorrow", "clock-tomorrow", () => ({ to: morningAfter(now, 1, 10) })),
        step("monday", "clock-monday", () => ({ to: morningAfter(now, daysToMonday(now), 9) })),
        h(
          "label",
          { class: "clock-date" },
          h("span", { class: "dim" }, t("a_date")),
          h(
            "span",
            { class: "pair" },
            momentField(date, { value: now.slice(0, 16) }).node,
            step("go", "clock-go", () => ({ to: `${date.value}:00${offsetOf(now)}` })),
          ),
        ),
        said,
      ),
      {
        label: t("clock"),
        onclose: () => {
          close = null;
        },
      },
    );
  }

  hear(now);
  return { node, hear, reread: async () => hear((await read("/_clock")).now) };
}
