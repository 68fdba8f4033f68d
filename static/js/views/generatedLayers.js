/** Draws the layers of a generator's plane, one over the other. */

import { css, paintMap, palette } from "../canvas/colour.js";
import { toPixel } from "../canvas/plane.js";

/** @typedef {import("../live/frameFormat.js").Frame} Frame */
/** @typedef {"says" | "real" | "drawn" | "lattice" | "pull"} Layer */
/** @typedef {{preview: import("./points.js").Preview, splits: ReadonlySet<number>, layers: ReadonlySet<Layer>,
 *   view: import("../canvas/plane.js").View}} Scene */

const WHOLE = 6;
const MOST_REAL = 400; // points; more would hide what is drawn
const LONGEST = 26; // pixels of an arrow
const EDGED = 2; // pixels of radius
const STRENGTH = 0.5; // of the colours under points, at most
const [DRAWN, REAL] = [0, 1]; // the classes whose colours they have
const painted = /** @type {{canvas?: HTMLCanvasElement}} */ ({});

/** @param {CanvasRenderingContext2D} context @param {number} size pixels @param {Frame | undefined} frame
 * @param {Scene} scene */
export function drawLayers(context, size, frame, scene) {
  const { layers, view } = scene;
  const place = (/** @type {number} */ x, /** @type {number} */ y) => toPixel(view, size, x, y);
  const radius = Math.max(0.9, Math.min(3, size / 140));
  if (frame && layers.has("says")) drawSaid(context, frame, place);
  if (frame && layers.has("lattice")) drawLattice(context, frame.arrays.lattice, place);
  if (layers.has("real")) drawReal(context, scene, place, radius);
  if (!frame) return;
  if (layers.has("drawn")) drawDrawn(context, frame.arrays.drawn, place, radius);
  if (layers.has("pull")) drawPull(context, frame.arrays.arrows, place);
}

/** @typedef {(x: number, y: number) => [number, number]} Placing */
/** @typedef {import("../live/frameFormat.js").FrameArray} FrameArray */

/** @param {CanvasRenderingContext2D} context @param {Frame} frame @param {Placing} place */
function drawSaid(context, frame, place) {
  const { data, shape } = frame.arrays.says;
  const canvas = (painted.canvas ??= document.createElement("canvas"));
  paintMap(canvas, data, shape, { kind: "between", low: 0, high: 1, first: DRAWN, second: REAL, strength: STRENGTH });
  const [left, top] = place(-WHOLE, WHOLE);
  const [right, bottom] = place(WHOLE, -WHOLE);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  context.drawImage(canvas, left, top, right - left, bottom - top);
}

/** @param {CanvasRenderingContext2D} context @param {FrameArray} lattice @param {Placing} place */
function drawLattice(context, { data, shape: [lines, stops] }, place) {
  context.strokeStyle = css(palette().ink, 0.45);
  context.lineWidth = 0.8;
  context.beginPath();
  for (let line = 0; line < lines; line++) {
    for (let stop = 0; stop < stops; stop++) {
      const at = 2 * (line * stops + stop);
      const [x, y] = place(data[at], data[at + 1]);
      if (stop) context.lineTo(x, y);
      else context.moveTo(x, y);
    }
  }
  context.stroke();
}

/** Squares. @param {CanvasRenderingContext2D} context @param {Pick<Scene, "preview" | "splits">} scene @param {Placing} place @param {number} radius */
export function drawReal(context, { preview, splits }, place, radius) {
  const colours = palette();
  const rows = preview.raw.flatMap((point, row) => (splits.has(preview.split[row]) ? [point] : []));
  const every = Math.max(1, rows.length / MOST_REAL);
  const path = new Path2D();
  for (let at = 0; at < rows.length; at += every) {
    const [x, y] = rows[Math.floor(at)];
    const [left, top] = place(x, y);
    path.rect(left - radius, top - radius, 2 * radius, 2 * radius);
  }
  fill(context, path, css(colours.classes[REAL]), radius);
}

/** Discs. @param {CanvasRenderingContext2D} context @param {FrameArray} drawn @param {Placing} place
 * @param {number} radius */
export function drawDrawn(context, { data, shape: [count] }, place, radius) {
  const path = new Path2D();
  for (let at = 0; at < count; at++) {
    const [left, top] = place(data[2 * at], data[2 * at + 1]);
    path.moveTo(left + radius, top);
    path.arc(left, top, radius, 0, 2 * Math.PI);
  }
  fill(context, path, css(palette().classes[DRAWN]), radius);
}

/** @param {CanvasRenderingContext2D} context @param {Path2D} path @param {string} colour @param {number} radius */
function fill(context, path, colour, radius) {
  context.fillStyle = colour;
  context.fill(path);
  if (radius < EDGED) return; // an edge would cover so small a mark
  context.strokeStyle = css(palette().panel, 0.9);
  context.lineWidth = 0.5;
  context.stroke(path);
}

/** @param {CanvasRenderingContext2D} context @param {FrameArray} arrows @param {Placing} place */
export function drawPull(context, { data, shape: [count] }, place) {
  context.strokeStyle = css(palette().ink);
  context.lineWidth = 1.1;
  context.beginPath();
  for (let at = 0; at < count; at++) {
    const [x, y, toX, toY] = data.subarray(4 * at, 4 * at + 4);
    const [left, top] = place(x, y);
    const [dx, dy] = [(toX - x) * LONGEST, (y - toY) * LONGEST];
    if (Math.hypot(dx, dy) < 1.5) continue;
    const [endX, endY] = [left + dx, top + dy];
    const turn = Math.atan2(dy, dx);
    context.moveTo(left, top);
    context.lineTo(endX, endY);
    for (const side of [-1, 1]) {
      context.moveTo(endX, endY);
      context.lineTo(endX - 4 * Math.cos(turn + side * 0.5), endY - 4 * Math.sin(turn + side * 0.5));
    }
  }
  context.stroke();
}
