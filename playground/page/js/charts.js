// The data_visualization block as plain drawings, each with its figures as a table for readers.
import { h, svg } from "./dom.js";
import { t } from "./words.js";

const W = 520,
  H = 240,
  LEFT = 52,
  RIGHT = 12,
  TOP = 24,
  BOTTOM = 40;
const tint = (at) => `var(--chart-${(at % 6) + 1})`;

export function chart(one) {
  const data = one.chart ?? {};
  const pie = data.type === "pie";
  const names = pie ? data.segments.map((segment) => segment.label) : data.series.map((series) => series.name);
  return h(
    "figure",
    { class: "chart" },
    h("figcaption", {}, one.title),
    svg(
      "svg",
      {
        viewBox: pie ? "0 0 240 240" : `0 0 ${W} ${H}`,
        class: pie ? "chart-pie" : "chart-plot",
        role: "img",
        "aria-label": one.title,
      },
      pie ? slices(data.segments) : plot(data),
    ),
    h(
      "ul",
      { class: "legend" },
      names.map((name, at) =>
        h(
          "li",
          {},
          h("span", { class: "swatch", style: { background: tint(at) } }),
          pie ? `${name}: ${data.segments[at].value.toLocaleString()}` : name,
        ),
      ),
    ),
    h("details", {}, h("summary", {}, t("chart_data")), figures(data)),
  );
}

function figures(data) {
  const rows =
    data.type === "pie"
      ? data.segments.map((segment) => [segment.label, segment.value])
      : categories(data).map((label) => [label, ...data.series.map((series) => valueAt(series, label))]);
  const head =
    data.type === "pie"
      ? null
      : h(
          "tr",
          {},
          h("th"),
          data.series.map((series) => h("th", { scope: "col" }, series.name)),
        );
  return h(
    "table",
    {},
    head,
    rows.map(([label, ...values]) =>
      h(
        "tr",
        {},
        h("th", { scope: "row" }, label),
        values.map((value) => h("td", { class: "align-right" }, value?.toLocaleString() ?? "")),
      ),
    ),
  );
}

const categories = (data) => data.axis_config?.categories ?? data.series[0]?.data.map((point) => point.label) ?? [];
const valueAt = (series, label) => series.data.find((point) => point.label === label)?.value;

function slices(segments) {
  const total = segments.reduce((sum, segment) => sum + segment.value, 0) || 1;
  let turn = -Math.PI / 2;
  return segments.map((segment, at) => {
    const part = (segment.value / total) * 2 * Math.PI;
    const point = (angle) => `${120 + 105 * Math.cos(angle)} ${120 + 105 * Math.sin(angle)}`;
    const path =
      part > 6.28
        ? `M120 15A105 105 0 1 1 119.9 15Z`
        : `M120 120L${point(turn)}A105 105 0 ${part > Math.PI ? 1 : 0} 1 ${point(turn + part)}Z`;
    turn += part;
    return svg(
      "path",
      { d: path, fill: tint(at), class: "slice" },
      svg("title", {}, `${segment.label}: ${segment.value} (${Math.round((segment.value / total) * 100)}%)`),
    );
  });
}

/** Round numbers for the axis, from 0 (or below) to above the highest. */
function scale(values) {
  const top = Math.max(0, ...values),
    low = Math.min(0, ...values);
  const rough = (top - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= rough);
  const from = Math.floor(low / step) * step,
    to = Math.ceil(top / step) * step || step;
  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);
  return { ticks, y: (value) => H - BOTTOM - ((value - from) / (to - from)) * (H - TOP - BOTTOM) };
}

const short = (n) =>
  Math.abs(n) >= 1e4
    ? new Intl.NumberFormat(document.documentElement.lang, { notation: "compact", maximumFractionDigits: 1 }).format(n)
    : n.toLocaleString();

function plot(data) {
  const labels = categories(data);
  const { ticks, y } = scale(data.series.flatMap((series) => series.data.map((point) => point.value)));
  const wide = (W - LEFT - RIGHT) / Math.max(1, labels.length);
  const middle = (at) => LEFT + wide * (at + 0.5);
  const every = Math.ceil(labels.length / 8);
  const shapes = data.type === "bar" ? bars(data.series, labels, wide, y) : curves(data, labels, middle, y);
  return [
    ticks.map((tick) => [
      svg("line", { x1: LEFT, x2: W - RIGHT, y1: y(tick), y2: y(tick), class: tick === 0 ? "axis" : "grid" }),
      svg("text", { x: LEFT - 6, y: y(tick) + 4, class: "tick end" }, short(tick)),
    ]),
    shapes,
    labels.map((label, at) =>
      at % every ? null : svg("text", { x: middle(at), y: H - BOTTOM + 16, class: "tick middle" }, label),
    ),
    data.axis_config?.x_label &&
      svg("text", { x: LEFT + (W - LEFT - RIGHT) / 2, y: H - 6, class: "tick middle" }, data.axis_config.x_label),
    data.axis_config?.y_label && svg("text", { x: 4, y: 11, class: "tick" }, data.axis_config.y_label),
  ];
}

function bars(series, labels, wide, y) {
  const thick = (wide * 0.76) / series.length;
  return series.map((one, nth) =>
    labels.map((label, at) => {
      const value = valueAt(one, label);
      if (value === undefined) return null;
      const [top, foot] = [Math.min(y(value), y(0)), Math.max(y(value), y(0))];
      return svg(
        "rect",
        {
          x: LEFT + wide * at + wide * 0.12 + thick * nth,
          y: top,
          width: Math.max(1, thick - 2),
          height: Math.max(1, foot - top),
          rx: 2,
          fill: tint(nth),
        },
        svg("title", {}, `${one.name}, ${label}: ${value.toLocaleString()}`),
      );
    }),
  );
}

function curves(data, labels, middle, y) {
  return data.series.map((one, nth) => {
    const points = labels.map((label, at) => [middle(at), valueAt(one, label), label]).filter(([, value]) => value !== undefined);
    if (!points.length) return null;
    const line = points.map(([x, value]) => `${x} ${y(value)}`).join("L");
    const area =
      data.type === "area" &&
      svg("path", { d: `M${points[0][0]} ${y(0)}L${line}L${points.at(-1)[0]} ${y(0)}Z`, fill: tint(nth), opacity: 0.22 });
    return [
      area,
      svg("path", { d: `M${line}`, class: "curve", style: { stroke: tint(nth) } }),
      points.map(([x, value, label]) =>
        svg(
          "circle",
          { cx: x, cy: y(value), r: 3.2, fill: tint(nth) },
          svg("title", {}, `${one.name}, ${label}: ${value.toLocaleString()}`),
        ),
      ),
    ];
  });
}
