/** Icons, drawn by us on a grid of 20: strokes in the colour of the text. */

import { h } from "preact";

/** @type {Record<string, string>} */
const PATHS = {
  train: "M6 4.2v11.6L16 10z",
  pause: "M6.5 4.5v11M13.5 4.5v11",
  stop: "M5.5 5.5h9v9h-9z",
  step: "M5 4.8v10.4l7-5.2zM15 4.8v10.4",
  epoch: "M3.5 4.8v10.4L9 10zM9 4.8v10.4l5.5-5.2zM16.5 4.8v10.4",
  reset: "M4.2 10a5.8 5.8 0 1 0 1.9-4.3M4.2 3.6v3.2h3.2",
  undo: "M7.5 4.5 4 8l3.5 3.5M4 8h7.5a4 4 0 0 1 0 8H8",
  redo: "M12.5 4.5 16 8l-3.5 3.5M16 8H8.5a4 4 0 0 0 0 8H12",
  share: "M8 12l4.5-4.5M8.6 5.4l1.6-1.6a3.5 3.5 0 0 1 5 5l-1.7 1.6M11.4 14.6l-1.6 1.6a3.5 3.5 0 0 1-5-5l1.7-1.6",
  plus: "M10 4v12M4 10h12",
  minus: "M4 10h12",
  close: "M5 5l10 10M15 5L5 15",
  check: "M4 10.5l4 4 8-9",
  chevron: "M5.5 8l4.5 4.5L14.5 8",
  chevronRight: "M8 5.5l4.5 4.5L8 14.5",
  search: "M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13 13l4 4",
  dice: "M4 4h12v12H4zM7.4 7.4h.01M12.6 7.4h.01M10 10h.01M7.4 12.6h.01M12.6 12.6h.01",
  copy: "M7 7V4h9v9h-3M4 7h9v9H4z",
  trash: "M4 6h12M8 6V4h4v2M5.5 6l.7 10h7.6l.7-10",
  pencil: "M4 16l.8-3.4L13 4.4l2.6 2.6-8.2 8.2zM11.5 5.9l2.6 2.6",
  eraser: "M8.5 16H16M4.5 12.5l7-7 4 4L9 16H7.5z",
  theme: "M10 3.5a6.5 6.5 0 1 0 0 13zM10 3.5a6.5 6.5 0 0 1 0 13",
  globe:
    "M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM3.5 10h13M10 3.5c2.4 1.8 3.2 4 3.2 6.5s-.8 4.7-3.2 6.5c-2.4-1.8-3.2-4-3.2-6.5s.8-4.7 3.2-6.5z",
  keyboard: "M3 5.5h14v9H3zM6 8.5h.01M9 8.5h.01M12 8.5h.01M14.5 8.5h.01M6.5 11.7h7",
  list: "M4 5.5h12M4 10h12M4 14.5h12",
  large: "M3 15l3.4-9h.7l3.4 9M4.2 12h5.1M11.5 15l2.4-6.5h.6L17 15M12.4 12.8h3.7",
  left: "M11.5 5L6.5 10l5 5",
  right: "M8.5 5l5 5-5 5",
  up: "M5 11.5l5-5 5 5",
  down: "M5 8.5l5 5 5-5",
  steps: "M3.5 5v10M10 5v10M16.5 5v10M5.5 10h2.5M12 10h2.5",
  book: "M4 4.5h4.5A1.5 1.5 0 0 1 10 6v10a1.5 1.5 0 0 0-1.5-1.5H4zM16 4.5h-4.5A1.5 1.5 0 0 0 10 6v10a1.5 1.5 0 0 1 1.5-1.5H16z",
  lock: "M5.5 9h9v7h-9zM7.2 9V6.8a2.8 2.8 0 0 1 5.6 0V9",
  warning: "M10 4l7 12H3zM10 8.5v3.2M10 13.8h.01",
  info: "M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM10 9.3v4M10 6.7h.01",
  more: "M3.6 10a1 1 0 1 0 2 0 1 1 0 1 0-2 0zM9 10a1 1 0 1 0 2 0 1 1 0 1 0-2 0zM14.4 10a1 1 0 1 0 2 0 1 1 0 1 0-2 0z",
};
const FILLED = ["train", "step", "epoch", "more"];

/** @param {{name: string, size?: number}} props a name out of PATHS */
export function Icon({ name, size = 20 }) {
  return h(
    "svg",
    { class: "icon", viewBox: "0 0 20 20", width: size, height: size, "aria-hidden": "true", focusable: "false" },
    h("path", { d: PATHS[name] ?? PATHS.info, fill: FILLED.includes(name) ? "currentColor" : "none" }),
  );
}

/** Two tracks that become one. */
export function Logo() {
  return h(
    "svg",
    { class: "logo", viewBox: "0 0 28 28", width: 28, height: 28, "aria-hidden": "true", focusable: "false" },
    h("path", { d: "M6.8 7.5C14 7.5 14 14 21 14M6.8 20.5C14 20.5 14 14 21 14" }),
    h("circle", { cx: 4.4, cy: 7.5, r: 2.5 }),
    h("circle", { cx: 4.4, cy: 20.5, r: 2.5 }),
    h("circle", { class: "logo-end", cx: 23.4, cy: 14, r: 2.5 }),
  );
}
