// The table and data_table blocks.
import { h } from "./dom.js";
import { plainText } from "./mrkdwn.js";
import { richText } from "./rich_text.js";
import { t } from "./words.js";

function cell(one) {
  if (one?.type === "rich_text") return richText(one);
  if (one?.type === "raw_number") return one.text ?? Number(one.value ?? 0).toLocaleString();
  return plainText(one?.text ?? "");
}

const plainCell = (one) => (one?.type === "raw_number" ? Number(one.value) : (one?.text ?? ""));

/** The first row is the head. */
export function table(one) {
  const settings = one.column_settings ?? [];
  const look = (at) => `align-${settings[at]?.align ?? "left"} ${settings[at]?.is_wrapped ? "wrapped" : ""}`;
  const [head, ...body] = one.rows;
  return h(
    "div",
    { class: "table-scroll", tabindex: 0, role: "group" },
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          head.map((each, at) => h("th", { scope: "col", class: look(at) }, cell(each))),
        ),
      ),
      h(
        "tbody",
        {},
        body.map((row) =>
          h(
            "tr",
            {},
            row.map((each, at) => h("td", { class: look(at) }, cell(each))),
          ),
        ),
      ),
    ),
  );
}

/** A table in pages whose columns sort when their heads are pressed. */
export function dataTable(one) {
  const [head, ...all] = one.rows;
  const size = one.page_size ?? 5;
  const pages = Math.max(1, Math.ceil(all.length / size));
  const frame = h("div", { class: "data-table" });
  let page = 0,
    by = null,
    up = true;

  function sorted() {
    if (by === null) return all;
    const order = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)));
    return [...all].sort((a, b) => order(plainCell(a[by]), plainCell(b[by])) * (up ? 1 : -1));
  }

  function sortBy(at) {
    up = by === at ? !up : true;
    by = at;
    page = 0;
    draw();
    frame.querySelectorAll("thead button")[at].focus();
  }

  const turn = (step, word) =>
    h(
      "button",
      {
        class: "btn btn-small",
        type: "button",
        disabled: page + step < 0 || page + step >= pages,
        onclick: () => {
          page += step;
          draw();
        },
      },
      t(word),
    );

  function draw() {
    const rows = sorted().slice(page * size, (page + 1) * size);
    const numeric = (each) => (each?.type === "raw_number" ? "align-right" : "");
    frame.replaceChildren(
      h(
        "div",
        { class: "table-scroll", tabindex: 0, role: "group", "aria-label": one.caption },
        h(
          "table",
          {},
          h("caption", {}, one.caption),
          h(
            "thead",
            {},
            h(
              "tr",
              {},
              head.map((each, at) =>
                h(
                  "th",
                  { scope: "col", "aria-sort": by === at ? (up ? "ascending" : "descending") : "none" },
                  h(
                    "button",
                    { class: "sort", type: "button", onclick: () => sortBy(at) },
                    cell(each),
                    by === at ? (up ? " ▲" : " ▼") : "",
                  ),
                ),
              ),
            ),
          ),
          h(
            "tbody",
            {},
            rows.map((row) =>
              h(
                "tr",
                {},
                row.map((each, at) =>
                  h(
                    at === one.row_header_column_index ? "th" : "td",
                    { class: numeric(each), scope: at === one.row_header_column_index ? "row" : null },
                    cell(each),
                  ),
                ),
              ),
            ),
          ),
        ),
      ),
    );
    if (pages > 1)
      frame.append(
        h(
          "div",
          { class: "pages" },
          turn(-1, "previous"),
          h("span", { class: "dim" }, t("table_page", { page: page + 1, pages })),
          turn(1, "next"),
        ),
      );
  }

  draw();
  return frame;
}
