/** A map of units over places, with the cursor that all maps share. */

import { h } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { partOf } from "../api/parts.js";
import { onTheme, paintMap } from "../canvas/colour.js";
import { partUnder, placeAt, pointAt } from "./placeAt.js";

/** @typedef {import("../live/frameFormat.js").FrameArray} FrameArray */

/** @param {{array: FrameArray, at: number, path: string, label: string, order?: number[]}} props `array` (samples, units,
 *   places) in bytes, `at` the sample, `order` the units from top to bottom where it is not that of their numbers */
export function UnitMap({ array, at, path, label, order }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const place = placeAt.value;
  const [, units, places] = array.shape;
  const paint = () => {
    if (!canvas.current) return;
    const own = /** @type {Uint8Array} */ (array.data).subarray(at * units * places, (at + 1) * units * places);
    const codes = order ? own.map((_, cell) => own[order[Math.floor(cell / places)] * places + (cell % places)]) : own;
    const [low, high] = [array.low ?? -1, array.high ?? 1];
    paintMap(canvas.current, codes, [units, places], { kind: "diverging", low, high });
  };
  useLayoutEffect(paint, [array, at, order?.join()]);
  useLayoutEffect(() => onTheme(paint), [array, at, order?.join()]);
  const move = (/** @type {PointerEvent} */ event) => {
    const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    const row = partUnder(event.clientY - box.top, box.height, units);
    pointAt(partUnder(event.clientX - box.left, box.width, places), { unit: order?.[row] ?? row, path });
  };
  return h(
    "div",
    { class: "state-picture" },
    h("canvas", { ref: canvas, role: "img", "aria-label": label, onPointerMove: move }),
    h(CursorLine, { place, places }),
  );
}

/** @param {{place: number | null, places: number}} props */
export function CursorLine({ place, places }) {
  if (place === null || place >= places) return null;
  return h("i", { class: "cursor", style: { left: `${((place + 0.5) / places) * 100}%` } });
}

/** What the layer at a path is called. @param {any} experiment @param {string} path */
export function titleOf(experiment, path) {
  const kind = path
    .split("/")
    .slice(1)
    .reduce((/** @type {any} */ part, name) => part?.[name], experiment)?.kind;
  return partOf("layers", kind)?.title ?? path;
}
