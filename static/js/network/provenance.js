/** Which numbers of what arrives make one number of what leaves: windows that slide, stamp or share out. Pure. */

import { isRow } from "../api/shapes.js";
/** @typedef {import("./cars.js").Car} Car */
/** A place under the window: `u`, `v` within the kernel; `inside` is false in the padding.
 * @typedef {{row: number, column: number, u: number, v: number, inside: boolean}} Cell */
/** Where a number comes from, as app/parts/layers/rule.py says it; what stands there by default is left out.
 * @typedef {{reads: string, makes: string, kernel?: number, stride?: number, padding?: number, dilation?: number,
 *   groups?: number, around?: boolean, steps?: import("./steps.js").Step[]}} Rule */
/** A rule that looks through a window, with sizes of rows and columns.
 * @typedef {{reads: string, makes: string, kernel: [number, number], stride: [number, number],
 *   padding: [number, number], dilation: [number, number], arriving: [number, number], leaving: [number, number]}} Windowed */

const WINDOWS = ["window", "stamp", "share"];

/** The rule of a car that looks through a window, else null.
 * @param {Car} car @param {[number, number]} arriving height and width @param {[number, number]} leaving
 * @returns {Windowed | null} */
export function windowOf(car, arriving, leaving) {
  const { rule } = car;
  if (!rule || !WINDOWS.includes(rule.reads)) return null;
  const { reads, makes, kernel = 1, stride = 1, padding = 0, dilation = 1 } = rule;
  const flat = isRow(car.shape); // one row
  const both = (/** @type {number} */ value, /** @type {number} */ alone) =>
    /** @type {[number, number]} */ (flat ? [alone, value] : [value, value]);
  return {
    reads,
    makes,
    kernel: both(kernel, 1),
    stride: both(stride, 1),
    padding: both(padding, 0),
    dilation: both(dilation, 1),
    arriving,
    leaving,
  };
}

/** The places that make the number at `row`, `column`, in the order of the kernel.
 * @param {Windowed} rule @param {number} row @param {number} column @returns {Cell[]} */
export function cellsOf(rule, row, column) {
  const down = placesOf(rule, 0, row);
  const across = placesOf(rule, 1, column);
  return down.flatMap(([place, u]) =>
    across.map(([other, v]) => ({
      row: place,
      column: other,
      u,
      v,
      inside: place >= 0 && place < rule.arriving[0] && other >= 0 && other < rule.arriving[1],
    })),
  );
}

/** Along one axis: each place with its step within the kernel.
 * @param {Windowed} rule @param {0 | 1} axis @param {number} at @returns {[number, number][]} */
function placesOf(rule, axis, at) {
  const [kernel, stride, padding] = [rule.kernel[axis], rule.stride[axis], rule.padding[axis]];
  const [dilation, arriving, leaving] = [rule.dilation[axis], rule.arriving[axis], rule.leaving[axis]];
  if (rule.reads === "share") {
    const from = Math.floor((at * arriving) / leaving);
    const to = Math.ceil(((at + 1) * arriving) / leaving);
    return Array.from({ length: to - from }, (_, step) => [from + step, step]);
  }
  const steps = Array.from({ length: kernel }, (_, step) => step);
  if (rule.reads === "window") return steps.map((step) => [at * stride - padding + step * dilation, step]);
  return steps.flatMap((step) => {
    const place = (at + padding - step * dilation) / stride;
    return Number.isInteger(place) ? [/** @type {[number, number]} */ ([place, step])] : [];
  });
}
