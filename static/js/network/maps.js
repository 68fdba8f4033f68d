/** The numbers of a feature maps frame: by car, channel and sample; and its kernels. Pure. */

import { INPUT } from "../views/paths.js";
import { meant } from "../canvas/pixels.js";

/** @typedef {import("../live/frameFormat.js").Frame} Frame */
/** @typedef {import("../live/frameFormat.js").FrameArray} FrameArray */
/**
 * One channel for one sample: bytes from `start` on, row by row; byte 0 means `low`, byte 255 `high`. A series is one row.
 * @typedef {{data: FrameArray["data"], start: number, height: number, width: number, low: number, high: number}} FeatureMap
 */
/** The weights of one filter: for each of its `inputs` a window; `channels` are those inputs, among the car's own.
 * @typedef {{data: FrameArray["data"], start: number, channels: number[], height: number, width: number, bias: number,
 *   biased: boolean}} Kernel */

/** The sample that a diagram shows: the chosen one, or the first where there are maps of fewer samples.
 * @param {Frame | undefined} frame @param {number} sample @returns {number} */
export function sampleOf(frame, sample) {
  const count = frame?.arrays.inputs?.shape[0];
  return count === undefined || sample < count ? sample : 0;
}

/** @param {Frame | undefined} frame @param {string} path of a car, or `INPUT` @param {number} unit @param {number} sample
 * @returns {FeatureMap | null} */
export function mapOf(frame, path, unit, sample) {
  const array = frame?.arrays[path === INPUT ? "inputs" : `maps:${path}`];
  if (!frame || !array) return null;
  const [count, shown, ...sides] = array.shape;
  const row = path === INPUT ? unit : (carOf(frame, path)?.shown.indexOf(unit) ?? -1);
  if (row < 0 || row >= shown || sample >= count) return null;
  const [height, width] = sides.length === 1 ? [1, sides[0]] : sides;
  const start = (sample * shown + row) * height * width;
  return { data: array.data, start, height, width, low: array.low ?? 0, high: array.high ?? 1 };
}

/** One number of a map.
 * @param {FeatureMap} map @param {number} row @param {number} column @returns {number} */
export function valueAt(map, row, column) {
  return meant(map, map.data[map.start + row * map.width + column]);
}

/** The scale that a map is painted with, and its legend.
 * @param {FeatureMap} map @returns {import("../canvas/colour.js").Scale} */
export function scaleOf({ low, high }) {
  return { kind: "diverging", low, high };
}

/** How far a number read from a map may be off: half of a step in which they are kept, around 0 a whole one.
 * @param {FeatureMap} map @returns {number} */
export function graininess({ low, high }) {
  return (high - low) / 255 / (low === -high ? 1 : 2);
}

/** The least and the greatest number of a map.
 * @param {FeatureMap} map @returns {[number, number]} */
export function rangeOf(map) {
  let [least, most] = [255, 0];
  for (let at = map.start; at < map.start + map.height * map.width; at++) {
    const code = map.data[at];
    if (code < least) least = code;
    if (code > most) most = code;
  }
  return [meant(map, least), meant(map, most)];
}

/** The filter that gives a channel. With groups it looks at its own part of the channels that arrive only.
 * @param {Frame | undefined} frame @param {string} path @param {number} unit @param {number} units of the car
 * @param {number} groups @param {number} arriving channels @returns {Kernel | null} */
export function kernelOf(frame, path, unit, units, groups, arriving) {
  const array = frame?.arrays[`kernels:${path}`];
  const row = frame ? (carOf(frame, path)?.shown.indexOf(unit) ?? -1) : -1;
  if (!frame || !array || row < 0 || row >= array.shape[0]) return null;
  const [, inputs, ...sides] = array.shape;
  const [height, width] = sides.length === 1 ? [1, sides[0]] : sides;
  const chosen = /** @type {number[]} */ (
    frame.about.kernel_inputs?.[path] ?? Array.from({ length: inputs }, (_, at) => at)
  );
  const first = Math.floor(unit / (units / groups)) * (arriving / groups);
  const bias = frame.arrays[`bias:${path}`]?.data[row];
  return {
    data: array.data,
    start: row * inputs * height * width,
    channels: chosen.map((channel) => first + channel),
    height,
    width,
    bias: bias ?? 0,
    biased: bias !== undefined,
  };
}

/** How large the weights are with which a filter looks at the channel in place `at`: their root of squares.
 * @param {Kernel} kernel @param {number} at @returns {number} */
export function normOf(kernel, at) {
  const cells = kernel.height * kernel.width;
  let sum = 0;
  for (let cell = 0; cell < cells; cell++) sum += kernel.data[kernel.start + at * cells + cell] ** 2;
  return Math.sqrt(sum);
}

/** @param {Frame} frame @param {string} path @returns {{path: string, shown: number[], units: number} | undefined} */
function carOf(frame, path) {
  return frame.about.cars?.find((/** @type {any} */ car) => car.path === path);
}
