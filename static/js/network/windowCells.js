/** A window as a grid of its numbers, each on its colour; and where it lies on the map that arrives. */

import { h } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { diverging, inkOn, onTheme, paintMap } from "../canvas/colour.js";
import { paintLine } from "../canvas/pixels.js";
import { formatNumber } from "../i18n/numbers.js";
import { scaleOf } from "./maps.js";
import { printed } from "./rounding.js";

/** @typedef {import("./pixelSum.js").Part} Part */

const NUMBERED = 3; // windows up to this side have their numbers written in
const [WIDE, TALL, WHOLE] = [36, 22, 106]; // pixels, at the usual size of text, of a cell with a number; of a grid without
const THUMB = 44; // pixels of the map that arrives

/** @param {{part: Part, what: "value" | "weight", limit: number, winner?: number, lit?: number,
 *   onPoint?: (at: number) => void}} props `lit` is the cell under the pointer */
export function WindowCells({ part, what, limit, winner = -1, lit = -1, onPoint }) {
  const across = new Set(part.cells.map((cell) => cell.column)).size || 1;
  const down = Math.max(1, part.cells.length / across);
  const numbered = across <= NUMBERED && down <= NUMBERED;
  const size = numbered ? { wide: WIDE, tall: TALL } : squares(across, down);
  const style = {
    gridTemplateColumns: `repeat(${across}, ${size.wide / 16}rem)`,
    gridAutoRows: `${size.tall / 16}rem`,
  };
  const label = part.cells.map((cell) => formatNumber(cell[what], 2)).join(", ");
  return h(
    "div",
    { class: `window-cells${numbered ? "" : " plain"}`, style, role: "img", "aria-label": label },
    part.cells.map((cell, at) => {
      const strength = Math.max(-1, Math.min(1, cell[what] / (limit || 1)));
      const outside = what === "value" && !cell.inside;
      return h(
        "span",
        {
          key: at,
          class: `${outside ? "outside" : ""}${at === winner ? " winner" : ""}${at === lit ? " lit" : ""}`,
          onPointerEnter: onPoint && (() => onPoint(at)),
          onPointerLeave: onPoint && (() => onPoint(-1)),
          style: { background: diverging(strength), color: inkOn(strength) },
          title: formatNumber(cell[what], 4),
        },
        numbered ? printed(cell[what], 2) : "",
      );
    }),
  );
}

/** The map that arrives, with the window on it.
 * @param {{part: Part, name: string}} props */
export function PatchOf({ part, name }) {
  const { map, cells } = part;
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const flat = map.height === 1;
  const longest = Math.max(map.height, map.width);
  const size = flat
    ? { width: THUMB * 1.6, height: THUMB * 0.6 }
    : { width: (map.width / longest) * THUMB, height: (map.height / longest) * THUMB };
  const paint = () => {
    if (!canvas.current) return;
    if (flat) paintLine(canvas.current, map, size.width, size.height);
    else paintMap(canvas.current, map.data, [map.height, map.width], scaleOf(map), map.start);
  };
  const latest = useRef(paint);
  latest.current = paint;
  useLayoutEffect(paint, [map.data, map.start]);
  useLayoutEffect(() => onTheme(() => latest.current()), []);
  return h(
    "figure",
    { class: "patch-of", title: name, style: { width: `${size.width / 16}rem`, height: `${size.height / 16}rem` } },
    h("canvas", { ref: canvas, "aria-hidden": "true" }),
    h("i", { class: "map-spot", style: spotOf(cells, map.height, map.width) }),
    h("figcaption", { class: "spoken-only" }, name),
  );
}

/** The size of numbers at which a part's map has its full colour.
 * @param {Part} part */
export function limitOf({ map }) {
  return Math.max(Math.abs(map.low), Math.abs(map.high));
}

/** The part of a map that a window covers, in per cent.
 * @param {{row: number, column: number}[]} cells @param {number} height @param {number} width */
export function spotOf(cells, height, width) {
  const [rows, columns] = [cells.map((cell) => cell.row), cells.map((cell) => cell.column)];
  const within = (/** @type {number} */ at, /** @type {number} */ most) => Math.max(0, Math.min(most, at));
  const [top, bottom] = [within(Math.min(...rows), height), within(Math.max(...rows) + 1, height)];
  const [left, right] = [within(Math.min(...columns), width), within(Math.max(...columns) + 1, width)];
  return {
    left: `${(left / width) * 100}%`,
    top: `${(top / height) * 100}%`,
    width: `${(Math.max(0, right - left) / width) * 100}%`,
    height: `${(Math.max(0, bottom - top) / height) * 100}%`,
  };
}

/** @param {number} across @param {number} down */
function squares(across, down) {
  const side = Math.max(3, Math.floor(WHOLE / Math.max(across, Math.min(down, across * 2))));
  return { wide: side, tall: side };
}
