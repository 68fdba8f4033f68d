/** A picture moved by whole pixels, and the buttons that do it: does the answer stay when everything lies a pixel beside? */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { IconButton } from "../ui/controls.js";

/** To the right and down, in pixels. @typedef {[number, number]} Shift */

/** The picture with everything `right` and `down` by so many pixels; what comes in at an edge is as the edge is.
 * @param {ArrayLike<number>} levels channels × height × width, row by row @param {number[]} shape @param {Shift} by
 * @returns {Float32Array} */
export function shifted(levels, [channels, height, width], [right, down]) {
  const moved = new Float32Array(channels * height * width);
  const clamped = (/** @type {number} */ at, /** @type {number} */ size) => Math.min(size - 1, Math.max(0, at));
  for (let channel = 0; channel < channels; channel++) {
    for (let row = 0; row < height; row++) {
      const from = (channel * height + clamped(row - down, height)) * width;
      for (let column = 0; column < width; column++) {
        moved[(channel * height + row) * width + column] = levels[from + clamped(column - right, width)];
      }
    }
  }
  return moved;
}

/** @param {{shift: Shift, onShift: (shift: Shift) => void}} props */
export function Shifter({ shift: [right, down], onShift }) {
  const label = t("views", "Move it by a pixel");
  /** @type {[string, string, Shift][]} */
  const ways = [
    ["left", t("views", "One pixel to the left"), [right - 1, down]],
    ["right", t("views", "One pixel to the right"), [right + 1, down]],
    ["up", t("views", "One pixel up"), [right, down - 1]],
    ["down", t("views", "One pixel down"), [right, down + 1]],
  ];
  return h(
    "div",
    { class: "shifter", role: "group", "aria-label": label },
    h("span", null, label),
    ways.map(([icon, title, shift]) =>
      h(IconButton, { key: icon, icon, look: "quiet", label: title, onClick: () => onShift(shift) }),
    ),
    h("output", null, `${signed(right)} → ${signed(down)} ↓`),
  );
}

/** @param {number} pixels */
const signed = (pixels) => String(pixels).replace("-", "−");
