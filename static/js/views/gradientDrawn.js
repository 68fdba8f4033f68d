/** The gradient through time on a log axis. */

import { h } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { css, onTheme, palette } from "../canvas/colour.js";
import { sharp } from "../canvas/heatmap.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { partUnder, placeAt } from "./placeAt.js";
import { CursorLine } from "./unitMap.js";

/** @typedef {import("../live/frameFormat.js").FrameArray} FrameArray */

const LEAST = 1e-9; // of a gradient that is drawn
const EDGE = 6; // pixels

/** How much the loss would change with the state of each time step.
 * @param {{arrays: Record<string, FrameArray>, path: string, title: string}} props */
export function Gradient({ arrays, path, title }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const place = placeAt.value;
  const states = arrays[`gradient:${path}`];
  const cells = arrays[`cell_gradient:${path}`];
  const paint = () => canvas.current && drawLog(canvas.current, [states, cells].filter(Boolean));
  useLayoutEffect(() => void paint(), [states]);
  useLayoutEffect(() => onTheme(paint), [states]);
  if (!states) return null;
  const places = states.data.length;
  const at = Math.min(place ?? 0, places - 1);
  const told = (/** @type {FrameArray | undefined} */ gradient) => formatNumber(gradient?.data[at] ?? 0, 2);
  const values = { place: String(at + 1), state: told(states), cell: told(cells) };
  return h(
    "div",
    { class: "gate-map" },
    h("small", null, t("views", "{layer}: gradient through time, each line ten times the one below", { layer: title })),
    h(
      "div",
      { class: "state-picture" },
      h("canvas", {
        ref: canvas,
        class: "series-strip gradient",
        role: "img",
        "aria-label": t("views", "How much the loss would change with the state of each time step"),
        onPointerMove: (/** @type {PointerEvent} */ event) => {
          const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
          placeAt.value = partUnder(event.clientX - box.left, box.width, places);
        },
      }),
      h(CursorLine, { place, places }),
    ),
    h(
      "small",
      { class: "quiet" },
      cells
        ? t("views", "Time step {place}: ∂L/∂h {state}, ∂L/∂c {cell}", values)
        : t("views", "Time step {place}: ∂L/∂h {state}", values),
    ),
  );
}

/** The powers of ten between which lengths lie, at least two. @param {ArrayLike<number>[]} lists
 * @returns {[number, number]} */
export function decades(lists) {
  const powers = lists.flatMap((list) =>
    Array.from(list)
      .filter((length) => length >= LEAST)
      .map(Math.log10),
  );
  if (powers.length === 0) return [-1, 0];
  const [low, high] = [Math.floor(Math.min(...powers)), Math.ceil(Math.max(...powers))];
  return [low, Math.max(high, low + 1)];
}

/** @param {HTMLCanvasElement} canvas @param {FrameArray[]} lines that of the states first */
function drawLog(canvas, lines) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const context = sharp(canvas, width, height);
  const colours = palette();
  const [low, high] = decades(lines.map(({ data }) => data));
  const y = (/** @type {number} */ power) => height - EDGE - ((power - low) / (high - low)) * (height - 2 * EDGE);
  context.font = `9px ${getComputedStyle(canvas).fontFamily}`;
  context.fillStyle = css(colours.faint);
  context.strokeStyle = css(colours.line);
  for (let power = low; power <= high; power++) {
    context.beginPath();
    context.moveTo(0, y(power));
    context.lineTo(width, y(power));
    context.stroke();
  }
  context.fillText(`10^${high}`, 2, y(high) + 9);
  context.fillText(`10^${low}`, 2, y(low) - 2);
  for (const [number, { data }] of lines.entries()) {
    context.strokeStyle = css(number === 0 ? colours.pos : colours.neg);
    context.lineWidth = 1.5;
    context.beginPath();
    for (let at = 0; at < data.length; at++) {
      const x = ((at + 0.5) / data.length) * width;
      context.lineTo(x, y(Math.max(Math.log10(Math.max(data[at], 1e-30)), low)));
    }
    context.stroke();
  }
}
