/** The answer of the network all over the plane, as colours; and what it answers at one point. */

import { INPUT } from "./paths.js";
import { packed, paintMap, palette, pixelsOf } from "../canvas/colour.js";
import { mix } from "../canvas/mixing.js";

/** @typedef {import("../live/frameFormat.js").Frame} Frame */
/** @typedef {import("../canvas/colour.js").Scale} Scale */

const TINT = 0.45; // of the background under points, at most

/** A frame of the probe that draws the answers, where it was taken with such data.
 * @param {Frame | undefined} frame @param {import("./points.js").Preview} preview */
export function surfaceOver(frame, preview) {
  const domain = preview.group === "line" ? "line" : "plane";
  const over = frame?.about.domain === domain && String(frame.about.classes ?? []) === String(preview.classes);
  return over ? frame : undefined;
}

/** The scale in which one answer is shown.
 * @param {Frame} frame @param {number} [limit] of numbers to be predicted @returns {Scale} */
export function scaleOf(frame, limit) {
  const output = frame.arrays.output;
  const [low, high] = [output.low ?? 0, output.high ?? 1];
  if (frame.about.output === "number") return { kind: "diverging", low, high, limit, strength: 0.6 };
  return { kind: "between", low, high, first: 0, second: 1, strength: TINT };
}

/** Paints the whole answer, a pixel for each point of its grid.
 * @param {HTMLCanvasElement} canvas @param {Frame} frame @param {number} [limit] */
export function paintSurface(canvas, frame, limit) {
  const output = frame.arrays.output;
  const [count, height, width] = output.shape;
  if (frame.about.output === "probabilities" && count > 1) paintMixture(canvas, output.data, count, height, width);
  else paintMap(canvas, output.data, [height, width], scaleOf(frame, limit));
}

/** Paints the picture of one neuron instead; false where the frame has none.
 * @param {HTMLCanvasElement} canvas @param {Frame} frame @param {{path: string, unit: number}} neuron */
export function paintNeuron(canvas, frame, neuron) {
  const input = neuron.path === INPUT;
  const array = frame.arrays[input ? "inputs" : `car:${neuron.path}`];
  const car = frame.about.cars?.find((/** @type {any} */ entry) => entry.path === neuron.path);
  const row = input ? neuron.unit : (car?.shown.indexOf(neuron.unit) ?? -1);
  if (!array || array.shape.length !== 3 || row < 0) return false;
  const [, height, width] = array.shape;
  const scale = {
    kind: /** @type {const} */ ("diverging"),
    low: array.low ?? -1,
    high: array.high ?? 1,
    strength: 0.6,
  };
  paintMap(canvas, array.data, [height, width], scale, row * height * width);
  return true;
}

/** Each pixel is the mixture of the class colours by their shares, paler the less sure.
 * @param {HTMLCanvasElement} canvas @param {ArrayLike<number>} codes @param {number} count @param {number} height
 * @param {number} width */
function paintMixture(canvas, codes, count, height, width) {
  const { image, pixels } = pixelsOf(canvas, height, width);
  const { mid, classes } = palette();
  const full = classes.map((colour) => mix(mid, colour, TINT));
  const cells = height * width;
  for (let at = 0; at < cells; at++) {
    let [red, green, blue, sum] = [0, 0, 0, 0];
    for (let number = 0; number < count; number++) {
      const share = codes[number * cells + at];
      const weight = share * share; // the leading class is seen first
      const colour = full[number % 10];
      red += colour[0] * weight;
      green += colour[1] * weight;
      blue += colour[2] * weight;
      sum += weight;
    }
    pixels[at] = sum > 0 ? packed([red / sum, green / sum, blue / sum]) : packed(mid);
  }
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}

/** What the network answers at the grid point nearest to (x, y): each class's share, or the number.
 * @param {Frame} frame @param {number} x @param {number} y @returns {number[] | null} null outside the grid */
export function answerAt(frame, x, y) {
  const output = frame.arrays.output;
  const [count, height, width] = output.shape;
  const half = frame.about.half_side ?? 6;
  const column = Math.floor(((x + half) / (2 * half)) * width);
  const row = Math.floor(((half - y) / (2 * half)) * height);
  if (column < 0 || row < 0 || column >= width || row >= height) return null;
  const [low, high] = [output.low ?? 0, output.high ?? 1];
  const values = Array.from({ length: count }, (_, number) => {
    return low + (output.data[(number * height + row) * width + column] / 255) * (high - low);
  });
  return frame.about.output === "probability" ? [1 - values[0], values[0]] : values;
}

/** The class with the largest share. @param {number[]} shares @returns {number} */
export function leading(shares) {
  return shares.reduce((best, share, at) => (share > shares[best] ? at : best), 0);
}
