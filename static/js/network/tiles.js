/** The small picture of one neuron: its answer over the plane, over a line, or to the chosen samples; or its weights. */

import { palette, paintMap, css } from "../canvas/colour.js";
import { codesOf, largest, paintCurve, paintSigned, sharp } from "../canvas/heatmap.js";
import { shownOf } from "./cars.js";
import { weightsOf } from "./weights.js";

/** @typedef {import("../live/frame.js").Frame} Frame */
/** @typedef {import("./layout.js").Column} Column */
/** @typedef {{surface?: Frame, weights?: Frame, activations?: Frame}} Frames */
/** @typedef {"map" | "curve" | "samples" | "weights" | "nothing"} Kind what a tile is a picture of */

/** @param {Frames} frames @param {string} path @returns {Kind} */
export function kindOf(frames, path) {
  const array = frames.surface?.arrays[surfaceName(path)];
  if (array) return array.shape.length === 3 ? "map" : "curve";
  return frames.activations?.arrays[answersName(path)] ? "samples" : "nothing";
}

/** Paints neuron `unit` of a column into its tile.
 * @param {HTMLCanvasElement} canvas @param {Frames} frames @param {Column} column @param {number} unit
 * @param {number[] | null} picture height and width of the input picture, where the weights are one */
export function paintTile(canvas, frames, column, unit, picture) {
  const path = column.car.path;
  if (picture && paintTemplate(canvas, frames.weights, path, unit, picture)) return;
  const kind = kindOf(frames, path);
  if (kind === "map" || kind === "curve") {
    const array = /** @type {import("../live/frame.js").FrameArray} */ (frames.surface?.arrays[surfaceName(path)]);
    const shown = path === "/inputs" ? null : carOf(frames.surface, path)?.shown;
    const row = shown ? shown.indexOf(unit) : unit;
    const cells = array.shape.slice(1).reduce((a, b) => a * b, 1);
    if (row < 0 || (row + 1) * cells > array.data.length) return blank(canvas);
    if (kind === "curve") {
      paintCurve(canvas, array.data, row * cells, cells, column.size, largest(array.data));
    } else {
      const scale = { kind: /** @type {const} */ ("diverging"), low: array.low ?? -1, high: array.high ?? 1 };
      paintMap(canvas, array.data, array.shape.slice(1), scale, row * cells);
    }
  } else if (kind === "samples") paintAnswers(canvas, frames, path, unit);
  else blank(canvas);
}

/** What one neuron answers to each sample, in the order of the samples; its place in the array is found here.
 * @param {Frames} frames @param {string} path @param {number} unit @returns {Float32Array | null} */
export function answersOf(frames, path, unit) {
  const array = frames.activations?.arrays[answersName(path)];
  if (!array) return null;
  const [count, width] = array.shape;
  const car = carOf(frames.activations, path);
  const at = !car || width === car.units ? unit : car.shown.indexOf(unit);
  if (at < 0 || at >= width) return null;
  return Float32Array.from({ length: count }, (_, sample) => array.data[sample * width + at]);
}

/** The answers to the chosen samples, row by row in the order of their classes.
 * @param {HTMLCanvasElement} canvas @param {Frames} frames @param {string} path @param {number} unit */
function paintAnswers(canvas, frames, path, unit) {
  const answers = answersOf(frames, path, unit);
  const array = frames.activations?.arrays[answersName(path)];
  if (!answers || !array) return blank(canvas);
  const side = Math.ceil(Math.sqrt(answers.length));
  const filled = new Float32Array(side * Math.ceil(answers.length / side));
  filled.set(answers);
  paintSigned(canvas, filled, [filled.length / side, side], largest(array.data));
}

/** The weights of a neuron that looks at a picture, as that picture.
 * @param {HTMLCanvasElement} canvas @param {Frame | undefined} frame @param {string} path @param {number} unit
 * @param {number[]} picture @returns {boolean} whether there were weights of this size */
function paintTemplate(canvas, frame, path, unit, picture) {
  const weights = weightsOf(frame, path);
  const row = weights?.rows.get(unit);
  if (!weights || row === undefined || weights.inputs !== picture[0] * picture[1]) return false;
  const own = weights.data.subarray(row * weights.inputs, (row + 1) * weights.inputs);
  paintSigned(canvas, own, picture, largest(own));
  return true;
}

/** The input picture of one sample, black to white; `flat` as a strip.
 * @param {HTMLCanvasElement} canvas @param {Frames} frames @param {number} sample @param {number[]} shape */
export function paintPicture(canvas, frames, sample, shape) {
  const raw = frames.activations?.arrays.raw;
  const cells = shape[0] * shape[1];
  if (!raw || raw.shape[1] < cells) return blank(canvas);
  const own = raw.data.subarray(sample * raw.shape[1], sample * raw.shape[1] + cells);
  const colours = palette();
  const limit = largest(own);
  const pixels = new ImageData(shape[1], shape[0]);
  for (let at = 0; at < cells; at++) {
    const part = own[at] / limit;
    for (let channel = 0; channel < 3; channel++) {
      pixels.data[4 * at + channel] = colours.panel[channel] + (colours.ink[channel] - colours.panel[channel]) * part;
    }
    pixels.data[4 * at + 3] = 255;
  }
  canvas.width = shape[1];
  canvas.height = shape[0];
  canvas.getContext("2d")?.putImageData(pixels, 0, 0);
}

/** Several folded cars side by side: each a column of its neurons' pictures.
 * @param {HTMLCanvasElement} canvas @param {Frames} frames @param {Column} column */
export function paintStack(canvas, frames, column) {
  const context = sharp(canvas, column.width, column.height);
  const small = document.createElement("canvas");
  const cars = column.cars;
  const pitch = column.width / cars.length;
  const rows = Math.max(1, ...cars.map((car) => shownOf(car.units ?? 0).length));
  const side = Math.max(2, Math.min(pitch, column.height / rows) - 2);
  cars.forEach((car, at) => {
    const shown = carOf(frames.surface ?? frames.activations, car.path)?.shown ?? [];
    const top = (column.height - shown.length * (side + 2)) / 2;
    shown.forEach((/** @type {number} */ unit, /** @type {number} */ row) => {
      paintTile(small, frames, { ...column, car, size: side }, unit, null);
      context.imageSmoothingEnabled = side > 12;
      context.drawImage(small, at * pitch + (pitch - side) / 2, top + row * (side + 2), side, side);
    });
    if (shown.length === 0) {
      context.fillStyle = css(palette().line);
      context.fillRect(at * pitch + (pitch - side) / 2, 0, side, column.height);
    }
  });
}

/** @param {Frame | undefined} frame @param {string} path */
export function carOf(frame, path) {
  return frame?.about.cars?.find((/** @type {any} */ car) => car.path === path);
}

/** @param {HTMLCanvasElement} canvas */
function blank(canvas) {
  paintMap(canvas, codesOf([0], 1), [1, 1], { kind: "diverging", low: -1, high: 1 });
}

/** @param {string} path */
const surfaceName = (path) => (path === "/inputs" ? "inputs" : `car:${path}`);
/** @param {string} path */
const answersName = (path) => (path === "/inputs" ? "inputs" : `after:${path}`);
