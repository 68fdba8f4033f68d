/** Samples as points: of the plane or of a line, by class and split; and the small picture of a dataset. */

import { css, divergingRgb, palette } from "../canvas/colour.js";
import { sharp } from "../canvas/heatmap.js";
import { toPixel } from "../canvas/plane.js";
import { addMark } from "./marks.js";

/** @typedef {import("../canvas/plane.js").View} View */
/**
 * What the server shows of a dataset.
 * @typedef {object} Preview
 * @property {string} group plane, line, table, picture or own
 * @property {number} size
 * @property {number[]} shape of one input
 * @property {string[]} names of the inputs
 * @property {string[]} classes
 * @property {Record<string, number[]>} balance
 * @property {number[][]} raw
 * @property {number[]} targets
 * @property {number[]} split 0 train, 1 validation, 2 test
 * @property {boolean[]} mislabelled
 * @property {number[]} [rows]
 * @property {[number, number] | null} range
 * @property {[number, number] | null} target_range
 * @property {[number, number]} [domain]
 * @property {{x: number[], y: number[]}} [truth]
 */
/** @typedef {{splits: ReadonlySet<number>, wrong?: (row: number) => boolean}} Shown which splits; which are marked */

const MOST_DOTS = 300; // of a thumbnail
export const SPLITS = /** @type {const} */ (["Train", "Validation", "Test"]);

/** Draws the samples of the plane.
 * @param {CanvasRenderingContext2D} context @param {View} view @param {number} size pixels @param {Preview} preview
 * @param {Shown} shown @param {number} [radius] pixels */
export function drawPoints(context, view, size, preview, shown, radius = radiusFor(preview, size)) {
  const colours = palette();
  const limit = limitOf(preview) ?? 1;
  const limited = preview.target_range !== null;
  /** @type {Map<string, {path: Path2D, fill: string, split: number}>} */
  const groups = new Map();
  const [wrong, mislabelled] = [new Path2D(), new Path2D()];
  const grow = Math.sqrt(Math.min(3, 6 / view.half));
  const r = radius * grow;
  for (const [row, [x, y]] of preview.raw.entries()) {
    const split = preview.split[row];
    if (!shown.splits.has(split)) continue;
    const target = preview.targets[row];
    const [left, top] = toPixel(view, size, x, y);
    const number = preview.classes.length > 0;
    const step = number ? target : Math.round((target / limit) * 12);
    const key = `${split} ${step}`;
    let group = groups.get(key);
    if (!group) {
      const fill = css(number ? colours.classes[target % 10] : divergingRgb(colours, step / 12));
      groups.set(key, (group = { path: new Path2D(), fill, split }));
    }
    addMark(group.path, number ? target : 0, left, top, limited && split === 1 ? r * 0.7 : r);
    if (preview.mislabelled[row]) addRing(mislabelled, left, top, r + 3);
    if (shown.wrong?.(row)) addCorners(wrong, left, top, r + 2.5);
  }
  for (const { path, fill, split } of groups.values()) {
    context.fillStyle = split === 1 && !limited ? css(colours.panel) : fill;
    const edge = limited ? css(colours.ink, 0.45) : css(colours.panel, 0.9); // pale points need a dark edge
    context.strokeStyle = split === 2 ? css(colours.ink) : split === 1 && !limited ? fill : edge;
    context.lineWidth = split === 1 && !limited ? r * 0.62 : Math.max(1, r * 0.3);
    context.fill(path);
    context.stroke(path);
  }
  context.lineWidth = 1.5;
  context.strokeStyle = css(colours.ink);
  context.setLineDash([2, 2]);
  context.stroke(mislabelled);
  context.setLineDash([]);
  context.lineWidth = 1.75;
  context.strokeStyle = css(colours.bad);
  context.stroke(wrong);
}

/** The small picture by which a dataset is chosen; nothing but the first few hundred samples.
 * @param {HTMLCanvasElement} canvas its CSS size is kept @param {Preview} preview */
export function drawThumbnail(canvas, preview) {
  const size = canvas.clientWidth || 64;
  const context = sharp(canvas, size, canvas.clientHeight || size);
  if (preview.group === "picture") return drawPictures(context, size, preview);
  if (preview.group === "line") return drawLine(context, size, preview);
  const rows = preview.raw.slice(0, MOST_DOTS);
  const [x, y, scale] = preview.group === "table" ? spread(rows) : [0, 0, 1];
  const unit = size / 12.6;
  const limit = limitOf(preview);
  for (const [row, values] of rows.entries()) {
    const second = preview.group === "table" ? (values[2] ?? values[1]) : values[1];
    const target = preview.targets[row];
    const colour = limit === null ? palette().classes[target % 10] : divergingRgb(palette(), target / limit);
    context.fillStyle = css(colour);
    context.beginPath();
    addMark(context, 0, size / 2 + (values[0] - x) * scale * unit, size / 2 - (second - y) * scale * unit, size / 40);
    context.fill();
  }
}

/** The number that has full colour, among numbers to be predicted. @param {Preview} preview @returns {number | null} */
export function limitOf(preview) {
  return preview.target_range ? Math.max(...preview.target_range.map(Math.abs)) || 1 : null;
}

/** @param {Preview} preview @param {number} size @returns {number} */
function radiusFor(preview, size) {
  const crowd = Math.sqrt(400 / Math.max(100, preview.raw.length));
  return Math.max(1.6, Math.min(5, (size / 90) * Math.min(1.2, crowd)));
}

/** @param {Path2D} path @param {number} x @param {number} y @param {number} radius */
function addRing(path, x, y, radius) {
  path.moveTo(x + radius, y);
  path.arc(x, y, radius, 0, 2 * Math.PI);
}

/** A square around a sample. @param {Path2D} path @param {number} x @param {number} y @param {number} half */
function addCorners(path, x, y, half) {
  path.rect(x - half, y - half, 2 * half, 2 * half);
}

/** The middle of two columns of a table and the factor that makes them fit. @param {number[][]} raw */
function spread(raw) {
  const middle = (/** @type {(row: number[]) => number} */ pick) => {
    const sorted = raw.map(pick).sort((a, b) => a - b);
    return [(sorted[0] + sorted[sorted.length - 1]) / 2, sorted[sorted.length - 1] - sorted[0]];
  };
  const [[x, wide], [y, tall]] = [middle((row) => row[0]), middle((row) => row[2] ?? row[1])];
  return [x, y, 11 / (Math.max(wide, tall) || 1)];
}

/** @param {CanvasRenderingContext2D} context @param {number} size @param {Preview} preview */
function drawLine(context, size, preview) {
  const truth = preview.truth ?? { x: [], y: [] };
  const ys = [...truth.y, ...preview.targets];
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const [from, to] = preview.range ?? [0, 1];
  const left = (/** @type {number} */ x) => ((x - from) / (to - from)) * size;
  const top = (/** @type {number} */ y) => size - 4 - ((y - low) / (high - low || 1)) * (size - 8);
  context.strokeStyle = css(palette().faint);
  context.lineWidth = 1.5;
  context.beginPath();
  for (const [at, x] of truth.x.entries()) context.lineTo(left(x), top(truth.y[at]));
  context.stroke();
  context.fillStyle = css(palette().pos);
  context.beginPath();
  for (const [row, [x]] of preview.raw.slice(0, 120).entries())
    addRing(/** @type {any} */ (context), left(x), top(preview.targets[row]), 1.6);
  context.fill();
}

/** @param {CanvasRenderingContext2D} context @param {number} size @param {Preview} preview */
function drawPictures(context, size, preview) {
  const side = 3;
  const [, height, width] = preview.shape;
  const small = document.createElement("canvas");
  context.imageSmoothingEnabled = false;
  for (let at = 0; at < Math.min(side * side, preview.raw.length); at++) {
    paintGrey(small, preview.raw[at], height, width, 255);
    const cell = size / side;
    context.drawImage(small, (at % side) * cell + 1, Math.floor(at / side) * cell + 1, cell - 2, cell - 2);
  }
}

/** Grey levels as a picture: 0 is the panel, `white` is the ink.
 * @param {HTMLCanvasElement} canvas @param {ArrayLike<number>} levels @param {number} height @param {number} width
 * @param {number} white */
export function paintGrey(canvas, levels, height, width, white) {
  canvas.width = width;
  canvas.height = height;
  const { panel, ink } = palette();
  const image = new ImageData(width, height);
  for (let at = 0; at < width * height; at++) {
    const part = levels[at] / white;
    for (let channel = 0; channel < 3; channel++) {
      image.data[4 * at + channel] = panel[channel] + (ink[channel] - panel[channel]) * part;
    }
    image.data[4 * at + 3] = 255;
  }
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}
