/** Samples of the plane as points, by class and split; and what the server shows of a dataset. */

import { isFlat, isImage, isRow, isTokens } from "../api/shapes.js";
import { css, divergingRgb, palette } from "../canvas/colour.js";
import { toPixel } from "../canvas/plane.js";
import { addMark } from "./marks.js";

/** @typedef {import("../canvas/plane.js").View} View */
/**
 * What the server shows of a dataset.
 * @typedef {object} Preview
 * @property {string} group plane, line, table, picture, series or own
 * @property {number} size
 * @property {import("../api/shapes.js").Shape} shape of one input
 * @property {string[]} names of the inputs
 * @property {string[]} classes
 * @property {Record<string, number[]>} balance
 * @property {number[][]} raw
 * @property {number[]} targets class numbers or numbers; of masks a list of rows for each sample
 * @property {number[]} split 0 train, 1 validation, 2 test
 * @property {boolean[]} mislabelled
 * @property {number[]} [rows]
 * @property {{kind: string, size: number, hash: string, letters: number, unknown: number} | null} [tokenizer] what was
 *   learned to cut a text by: how many tokens, how many letters each has, and which share of them is unknown
 * @property {number | null} [entropy] bits per letter of a text that nobody can do without, where that is known
 * @property {import("./sound.js").Sound | null} [sound] how series are heard, where they are sounds
 * @property {string[]} [vocabulary] how each token is written; empty where samples are no tokens
 * @property {string[]} [target_vocabulary] how each token of a target is written, where it has others
 * @property {[number, number] | null} range
 * @property {[number, number] | null} target_range
 * @property {[number, number]} [domain]
 * @property {{x: number[], y: number[]}} [truth]
 */
/** @typedef {{splits: ReadonlySet<number>, wrong?: (row: number) => boolean}} Shown which splits; which are marked */

/** Whether the samples are pictures. @param {Preview | null | undefined} preview */
export const isPicture = (preview) => isImage(preview?.shape);

/** Whether the samples are series. @param {Preview | null | undefined} preview */
export const isSeries = (preview) => isRow(preview?.shape);

/** Whether the samples are points of a plane, which holds them all. @param {Preview} preview */
export const isPlane = ({ range, shape, raw }) => range !== null && isFlat(shape) && raw[0]?.length === 2;

/** What is predicted. @param {Preview} preview @returns {"classes" | "numbers" | "masks" | "tokens"} */
export function learnedOf({ targets, classes, shape }) {
  if (Array.isArray(targets[0]) && isTokens(shape)) return "tokens";
  if (Array.isArray(targets[0])) return "masks";
  return classes.length > 0 ? "classes" : "numbers";
}

/** The class of masks that is no thing and has no colour; −1 where there is none. @param {string[]} classes */
export const groundOf = (classes) => classes.indexOf("background");

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

/** The number that has full colour, among numbers to be predicted. @param {Preview} preview @returns {number | null} */
export function limitOf(preview) {
  return preview.target_range ? Math.max(...preview.target_range.map(Math.abs)) || 1 : null;
}

/** @param {Preview} preview @param {number} size @returns {number} */
function radiusFor(preview, size) {
  const crowd = Math.sqrt(400 / Math.max(100, preview.raw.length));
  return Math.max(1.6, Math.min(5, (size / 90) * Math.min(1.2, crowd)));
}

/** @param {CanvasRenderingContext2D | Path2D} path @param {number} x @param {number} y @param {number} radius */
export function addRing(path, x, y, radius) {
  path.moveTo(x + radius, y);
  path.arc(x, y, radius, 0, 2 * Math.PI);
}

/** A square around a sample. @param {Path2D} path @param {number} x @param {number} y @param {number} half */
function addCorners(path, x, y, half) {
  path.rect(x - half, y - half, 2 * half, 2 * half);
}
