// Line icons, drawn on a 24-unit grid.
import { svg } from "./dom.js";

const PATHS = {
  hash: "M9 4 7 20M17 4l-2 16M4 9h16M4 15h16",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6 6 18",
  smile: "M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18zM8.5 14a4 4 0 0 0 7 0M9 9.5v.01M15 9.5v.01",
  reply: "M4 5h16v11H10l-5 4v-4H4z",
  more: "M12 5.5h.01M12 12h.01M12 18.5h.01",
  pin: "M9 4h6l-1 7 3 3H7l3-3zM12 14v6",
  at: "M15.5 12a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0zm0-3.5V13a2.5 2.5 0 0 0 5 0v-1a8.5 8.5 0 1 0-3.5 6.9",
  send: "M4 12 20 4l-5 16-3.5-6.5zM11.5 13.5 20 4",
  clip: "M19 11l-7.5 7.5a4.5 4.5 0 0 1-6.4-6.4L13 4.3a3 3 0 0 1 4.3 4.3l-7.7 7.6a1.5 1.5 0 0 1-2.1-2.1l7-7",
  back: "M14.5 5 8 12l6.5 7",
  chevron: "M6 9.5 12 15l6-5.5",
  clock: "M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18zM12 7v5.3l3.3 2",
  people:
    "M9 11a3.3 3.3 0 1 0 0-6.6A3.3 3.3 0 0 0 9 11zM3 19.5c0-3.5 2.5-5.5 6-5.5s6 2 6 5.5M16 10.8a3 3 0 0 0 0-5.8M17.5 14.2c2.2.6 3.5 2.5 3.5 5.3",
  home: "M4 11.5 12 4.5l8 7V20h-5.5v-5h-5v5H4z",
  menu: "M4 7h16M4 12h16M4 17h16",
  warning: "M12 4 2.8 19.5h18.4zM12 10v4.5M12 17v.01",
  download: "M12 4v11M7.5 11 12 15.5 16.5 11M5 20h14",
  edit: "M4.5 19.5l1-4L16 5l3 3L8.5 18.5z",
  trash: "M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.4L17 7",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.3 1.3M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.3-1.3",
  file: "M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5v.01",
  play: "M8 5.5v13l11-6.5z",
  check: "M5 12.5 10 17.5 19.5 7",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  bolt: "M13 3 5 13.5h6L10 21l8.5-11H12z",
  info: "M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18zM12 11v5.5M12 7.5v.01",
  leave: "M14 4.5H5v15h9M10 12h10M16.5 8 20.5 12l-4 4",
  window: "M10 5H5v14h14v-5M13.5 5H19v5.5M19 5l-8.5 8.5",
  robot: "M6.5 9.500h11v8.500h-11zM12 9.500V6M10 13.200v.6M14 13.200v.6M4.200 12v3.500M19.800 12v3.500",
  command: "M14.5 4.5l-5 15",
  flag: "M6 21V4M6 4.5h11l-2.5 4 2.5 4H6",
};

/** An icon for decoration; what it means is said by the label of the control around it. */
export function icon(name) {
  return svg(
    "svg",
    { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: PATHS[name], "stroke-width": name === "more" ? 3 : null }),
  );
}
