/** The small picture of a unit: a neuron's answers over the plane, a line or samples, or its weights; a channel's map. */

import { channelled } from "../api/shapes.js";
import { INPUT } from "../views/paths.js";
import { palette, paintMap, css } from "../canvas/colour.js";
import { largest, paintCurve, paintSigned, sharp } from "../canvas/heatmap.js";
import { isDrawn, meant, paintLine, paintMosaic, paintPixels } from "../canvas/pixels.js";
import { mapOf, scaleOf } from "./maps.js";
import { weightsOf } from "./weights.js";

/** @typedef {import("../live/frameFormat.js").Frame} Frame */
/** @typedef {import("./layout.js").Column} Column */
/** @typedef {import("../views/newestFrames.js").Frames} Frames */
/** @typedef {"map" | "curve" | "samples" | "weights" | "nothing"} Kind what a tile is a picture of */

/** @param {Frames} frames @param {string} path @returns {Kind} */
export function kindOf(frames, path) {
  const array = frames.plane?.arrays[surfaceName(path)];
  if (array) return array.shape.length === 3 ? "map" : "curve";
  return frames.answers?.arrays[answersName(path)] ? "samples" : "nothing";
}

/** Paints neuron `unit` of a column into its tile.
 * @param {HTMLCanvasElement} canvas @param {Frames} frames @param {Column} column @param {number} unit
 * @param {number[] | null} picture height and width of the input picture, where the weights are one */
export function paintTile(canvas, frames, column, unit, picture) {
  const path = column.car.path;
  if (picture && paintTemplate(canvas, frames.weights, path, unit, picture)) return;
  const kind = kindOf(frames, path);
  if (kind === "map" || kind === "curve") {
    const array = /** @type {import("../live/frameFormat.js").FrameArray} */ (frames.plane?.arrays[surfaceName(path)]);
    const shown = path === INPUT ? null : carOf(frames.plane, path)?.shown;
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
  const array = frames.answers?.arrays[answersName(path)];
  if (!array) return null;
  const [count, width] = array.shape;
  const car = carOf(frames.answers, path);
  const at = !car || width === car.units ? unit : car.shown.indexOf(unit);
  if (at < 0 || at >= width) return null;
  return Float32Array.from({ length: count }, (_, sample) => array.data[sample * width + at]);
}

/** The answers to the chosen samples, row by row in the order of their classes.
 * @param {HTMLCanvasElement} canvas @param {Frames} frames @param {string} path @param {number} unit */
function paintAnswers(canvas, frames, path, unit) {
  const answers = answersOf(frames, path, unit);
  const array = frames.answers?.arrays[answersName(path)];
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

/** One channel of a picture or a series.
 * @param {HTMLCanvasElement} canvas @param {Frames} frames @param {Column} column @param {number} unit
 * @param {number} sample */
export function paintPlane(canvas, frames, column, unit, sample) {
  const map = mapOf(frames.maps, column.car.path, unit, sample);
  if (!map) return blank(canvas);
  if (map.height === 1) return paintLine(canvas, map, column.wide, column.tall);
  paintMap(canvas, map.data, [map.height, map.width], scaleOf(map), map.start);
}

/** The input picture of the chosen sample as it is: in grey, or in its colours.
 * @param {HTMLCanvasElement} canvas @param {Frames} frames @param {number} sample @param {number[]} sizes */
export function paintInput(canvas, frames, sample, [channels, height, width]) {
  const raw = frames.answers?.arrays.raw;
  const cells = height * width;
  if (raw && raw.shape[1] === channels * cells && sample < raw.shape[0]) {
    const start = sample * channels * cells;
    const paper = frames.answers?.about.paper ?? isDrawn(raw.data);
    return paintPixels(canvas, raw.data, start, [channels, height, width], [0, largest(raw.data)], paper);
  }
  const map = mapOf(frames.maps, INPUT, 0, sample);
  if (!map) return blank(canvas);
  const paper = frames.maps?.about.paper ?? isDrawn(map.data);
  paintPixels(canvas, map.data, map.start, [channels, map.height, map.width], [0, 255], paper);
}

/** All numbers of a flat layer below one another: the pixels of a picture, or what a layer made of them.
 * @param {HTMLCanvasElement} canvas @param {Frames} frames @param {Column} column @param {Column} feed what it flattens
 * @param {number} sample */
export function paintStrip(canvas, frames, column, feed, sample) {
  const { raw, [answersName(column.car.path)]: after } = frames.answers?.arrays ?? {};
  const count = column.units;
  if (after?.shape[1] === count && sample < after.shape[0]) {
    const own = after.data.subarray(sample * count, (sample + 1) * count);
    const straight = raw?.shape[1] === count && feed.car.role === "input"; // painted like the picture
    const paper = frames.answers?.about.paper ?? (raw && isDrawn(raw.data));
    if (straight) return paintPixels(canvas, raw.data, sample * count, [1, count, 1], [0, largest(raw.data)], paper);
    return paintSigned(canvas, own, [count, 1], largest(own));
  }
  const numbers = flattened(frames.maps, feed, count, sample);
  if (!numbers) return blank(canvas);
  paintSigned(canvas, numbers, [count, 1], largest(numbers));
}

/** The numbers of all channels one behind the other, as far as the frame has them; the others are 0.
 * @param {Frame | undefined} frame @param {Column} feed @param {number} count @param {number} sample */
function flattened(frame, feed, count, sample) {
  const numbers = new Float32Array(count);
  const cells = count / Math.max(1, feed.units);
  let found = false;
  for (let unit = 0; unit < feed.units; unit++) {
    const map = mapOf(frame, feed.car.path, unit, sample);
    if (!map || map.height * map.width !== cells) continue;
    found = true;
    for (let at = 0; at < cells; at++) numbers[unit * cells + at] = meant(map, map.data[map.start + at]);
  }
  return found ? numbers : null;
}

/** Several folded cars side by side: each a column of its units' pictures.
 * @param {HTMLCanvasElement} canvas @param {Frames} frames @param {Column} column @param {number} sample */
export function paintStack(canvas, frames, column, sample) {
  const { cars } = column;
  const pitch = column.width / cars.length;
  const rows = Math.max(1, ...cars.map(({ shown }) => shown.length));
  const side = Math.max(2, Math.min(pitch, column.height / rows) - 2);
  const cells = cars.flatMap((car, at) => {
    const shown = /** @type {number[]} */ (carOf(frameFor(frames, car), car.path)?.shown ?? []);
    const top = (column.height - shown.length * (side + 2)) / 2;
    const left = at * pitch + (pitch - side) / 2;
    return shown.map((unit, row) => ({ car, unit, left, top: top + row * (side + 2), side }));
  });
  if (cars.every((car) => channelled(car.shape))) {
    const maps = cells.flatMap(({ car, unit, left, top }) => {
      const map = mapOf(frames.maps, car.path, unit, sample);
      return map ? [{ ...map, scale: scaleOf(map), left, top, side }] : [];
    });
    return paintMosaic(canvas, column.width, column.height, maps);
  }
  const context = sharp(canvas, column.width, column.height);
  const small = document.createElement("canvas");
  for (const { car, unit, left, top } of cells) {
    const own = { ...column, car, size: side, wide: side, tall: side };
    if (channelled(car.shape)) paintPlane(small, frames, own, unit, sample);
    else paintTile(small, frames, own, unit, null);
    context.imageSmoothingEnabled = side > 12 && !channelled(car.shape);
    context.drawImage(small, left, top, side, side);
  }
}

/** The frame in which a car's units are pictured. @param {Frames} frames @param {import("./cars.js").Car} car */
function frameFor(frames, car) {
  return channelled(car.shape) ? frames.maps : (frames.plane ?? frames.answers);
}

/** @param {Frame | undefined} frame @param {string} path */
function carOf(frame, path) {
  return frame?.about.cars?.find((/** @type {any} */ car) => car.path === path);
}

/** Nothing is known: the colour of 0, in whatever size the canvas has.
 * @param {HTMLCanvasElement} canvas */
function blank(canvas) {
  const context = canvas.getContext("2d");
  if (!context) return;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = css(palette().mid);
  context.fillRect(0, 0, canvas.width, canvas.height);
}

/** @param {string} path */
const surfaceName = (path) => (path === INPUT ? "inputs" : `car:${path}`);
/** @param {string} path */
const answersName = (path) => (path === INPUT ? "inputs" : `after:${path}`);
