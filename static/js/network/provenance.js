/** Which numbers of what arrives make one number of what leaves: windows that slide, stamp or share out. Pure. */

import { isRow } from "../api/shapes.js";
/** @typedef {import("./cars.js").Car} Car */
/** A place under the window: `u`, `v` within the kernel; `inside` is false in the padding; `share` is its part of a blend.
 * @typedef {{row: number, column: number, u: number, v: number, inside: boolean, share: number}} Cell */
/** Where a number comes from, as app/parts/layers/rule.py says it; what stands there by default is left out.
 * @typedef {{reads: string, makes: string, kernel?: number, stride?: number, padding?: number, dilation?: number,
 *   groups?: number, factor?: number, dims?: number[], around?: boolean, steps?: import("./steps.js").Step[]}} Rule */
/** A rule that looks through a window, with sizes of rows and columns.
 * @typedef {{reads: string, makes: string, kernel: [number, number], stride: [number, number],
 *   padding: [number, number], dilation: [number, number], factor: [number, number], dims: number[],
 *   arriving: [number, number], leaving: [number, number]}} Windowed */

const WINDOWS = ["window", "stamp", "share", "scaled", "shifted", "between"];

/** The rule of a car that looks through a window, else null.
 * @param {Car} car @param {[number, number]} arriving height and width @param {[number, number]} leaving
 * @returns {Windowed | null} */
export function windowOf(car, arriving, leaving) {
  const { rule } = car;
  if (!rule || !WINDOWS.includes(rule.reads)) return null;
  const { reads, makes, kernel = 1, stride = 1, padding = 0, dilation = 1, factor = 1, dims = [] } = rule;
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
    factor: both(factor, 1),
    dims,
    arriving,
    leaving,
  };
}

/** The places that make the number at `row`, `column`, in the order of the kernel.
 * @param {Windowed} rule @param {number} row @param {number} column @returns {Cell[]} */
export function cellsOf(rule, row, column) {
  const down = placesOf(rule, 0, row);
  const across = placesOf(rule, 1, column);
  return down.flatMap(([place, u, part]) =>
    across.map(([other, v, share]) => ({
      row: place,
      column: other,
      u,
      v,
      share: part * share,
      inside: place >= 0 && place < rule.arriving[0] && other >= 0 && other < rule.arriving[1],
    })),
  );
}

/** The place that a number is copied from, where numbers only change their places.
 * @param {Rule} rule @param {number[]} arriving sizes of what arrives @param {number[]} leaving @param {number[]} place
 * @returns {number[] | null} */
export function copiedFrom({ reads, dims = [] }, arriving, leaving, place) {
  if (reads === "axes") return arriving.map((_, axis) => place[dims.indexOf(axis + 1)]);
  if (reads !== "order") return null;
  let number = place.reduce((found, index, axis) => found * leaving[axis] + index, 0);
  const found = arriving.map(() => 0);
  for (let axis = arriving.length - 1; axis >= 0; axis--) {
    found[axis] = number % arriving[axis];
    number = Math.floor(number / arriving[axis]);
  }
  return found;
}

/** Along one axis: each place with its step within the kernel, and its share.
 * @param {Windowed} rule @param {0 | 1} axis @param {number} at @returns {[number, number, number][]} */
function placesOf(rule, axis, at) {
  const [kernel, stride, padding] = [rule.kernel[axis], rule.stride[axis], rule.padding[axis]];
  const [dilation, arriving, leaving] = [rule.dilation[axis], rule.arriving[axis], rule.leaving[axis]];
  if (rule.reads === "shifted") return [[at - rule.dims[axis], 0, 1]];
  if (rule.reads === "scaled") return [[Math.floor(at / rule.factor[axis]), 0, 1]];
  if (rule.reads === "between") return blended((at + 0.5) / rule.factor[axis] - 0.5, arriving);
  if (rule.reads === "share") {
    const from = Math.floor((at * arriving) / leaving);
    const to = Math.ceil(((at + 1) * arriving) / leaving);
    return Array.from({ length: to - from }, (_, step) => [from + step, step, 1]);
  }
  const steps = Array.from({ length: kernel }, (_, step) => step);
  if (rule.reads === "window") return steps.map((step) => [at * stride - padding + step * dilation, step, 1]);
  return steps.flatMap((step) => {
    const place = (at + padding - step * dilation) / stride;
    return Number.isInteger(place) ? [/** @type {[number, number, number]} */ ([place, step, 1])] : [];
  });
}

/** The two places beside a point between them, each with its share.
 * @param {number} point @param {number} count of places @returns {[number, number, number][]} */
function blended(point, count) {
  if (count === 1) return [[0, 0, 1]];
  const kept = Math.min(count - 1, Math.max(0, point));
  const first = Math.min(count - 2, Math.floor(kept));
  return [
    [first, 0, 1 - (kept - first)],
    [first + 1, 1, kept - first],
  ];
}
