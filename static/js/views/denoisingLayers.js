/** Draws points on their way from noise to data, and where the network points, one over the other. */

import { css, palette } from "../canvas/colour.js";
import { toPixel } from "../canvas/plane.js";
import { drawDrawn, drawPull, drawReal } from "./generatedLayers.js";

/** @typedef {import("../live/frameFormat.js").Frame} Frame */
/** @typedef {import("../live/frameFormat.js").FrameArray} FrameArray */
/** @typedef {"real" | "drawn" | "paths" | "clean" | "field"} Layer */
/** @typedef {{preview: import("./points.js").Preview, splits: ReadonlySet<number>, layers: ReadonlySet<Layer>,
 *   stage: number | null, view: import("../canvas/plane.js").View}} Scene `stage` null is the last */

const MOST_PATHS = 80; // more would be a tangle

/** @param {CanvasRenderingContext2D} context @param {number} size pixels @param {Frame | undefined} frame
 * @param {Scene} scene */
export function drawStage(context, size, frame, scene) {
  const { layers, view } = scene;
  const place = (/** @type {number} */ x, /** @type {number} */ y) => toPixel(view, size, x, y);
  const radius = Math.max(0.9, Math.min(3, size / 140));
  if (layers.has("real")) drawReal(context, scene, place, radius);
  if (!frame) return;
  const { noisy, clean, field } = frame.arrays;
  const last = noisy.shape[0] - 1;
  const stage = Math.min(scene.stage ?? last, last);
  if (layers.has("field")) drawPull(context, at(field, stage), place);
  if (layers.has("paths")) drawPaths(context, noisy, stage, place);
  if (layers.has("clean")) drawGuesses(context, at(clean, stage), place, radius);
  if (layers.has("drawn")) drawDrawn(context, at(noisy, stage), place, radius);
}

/** What an array of stages holds of one. @param {FrameArray} array @param {number} stage @returns {FrameArray} */
export function at({ data, shape: [, ...shape], ...others }, stage) {
  const size = shape.reduce((product, side) => product * side, 1);
  return /** @type {FrameArray} */ ({ ...others, shape, data: data.subarray(stage * size, (stage + 1) * size) });
}

/** From the noise to where points stand now.
 * @param {CanvasRenderingContext2D} context @param {FrameArray} noisy @param {number} stage
 * @param {(x: number, y: number) => [number, number]} place */
function drawPaths(context, { data, shape: [, count] }, stage, place) {
  context.strokeStyle = css(palette().classes[0], 0.45);
  context.lineWidth = 0.8;
  context.beginPath();
  for (let point = 0; point < Math.min(count, MOST_PATHS); point++) {
    for (let now = 0; now <= stage; now++) {
      const start = 2 * (now * count + point);
      const [x, y] = place(data[start], data[start + 1]);
      if (now) context.lineTo(x, y);
      else context.moveTo(x, y);
    }
  }
  context.stroke();
}

/** Rings. @param {CanvasRenderingContext2D} context @param {FrameArray} clean
 * @param {(x: number, y: number) => [number, number]} place @param {number} radius */
function drawGuesses(context, { data, shape: [count] }, place, radius) {
  context.strokeStyle = css(palette().classes[2]);
  context.lineWidth = 1;
  context.beginPath();
  for (let point = 0; point < count; point++) {
    const [left, top] = place(data[2 * point], data[2 * point + 1]);
    context.moveTo(left + radius, top);
    context.arc(left, top, radius, 0, 2 * Math.PI);
  }
  context.stroke();
}
