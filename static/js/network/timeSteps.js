/** A layer that goes from time step to time step, unrolled: which of its time steps have a column, and what is known at each. Pure. */

import { isTokens, numbersOf, sizeOf, sizesOf } from "../api/shapes.js";
import { evenly } from "./planes.js";

/** One reading of all places, as app/parts/layers/carried.py says it.
 * @typedef {{names: string[], letters: string[], weights: string[], units: number, backwards: boolean, first: number, lower: string | null}} Carried */
/** @typedef {import("../live/frameFormat.js").Frame} Frame */
/** @typedef {import("../live/frameFormat.js").FrameArray} FrameArray */
/** A time step that has a column, or so many folded into one. @typedef {{place: number, folded: number}} Item */
/** Bytes of one array, a row for each unit that is drawn: `rows` say which row of a sample it is.
 * @typedef {{array: FrameArray, rows: number[]}} Seen */

export const STEP = 40; // pixels of a column, at the usual size of text
export const LABELS = 28; // to their left, what the rows are called
export const FOLD = 1.6; // columns that a fold is wide: a finger's width, and what is free on both sides
const FRAME = 10; // around all
const LEAST = { narrow: 5, usual: 6 }; // where they cannot all be seen: an end, a fold, one or two, a fold, an end
const MOST = 40;
const DRAWN = 16; // units

/** The least and the greatest width of a layer that is unrolled, at the usual size of text.
 * @param {import("./cars.js").Car} car @param {boolean} narrow @returns {[number, number]} */
export function widthsOf(car, narrow) {
  const count = Math.max(1, placesOf(car));
  return /** @type {[number, number]} */ (
    [LEAST[narrow ? "narrow" : "usual"], MOST].map((most) => widthFor(count, most))
  );
}

/** @param {number} count of time steps @param {number} columns */
const widthFor = (count, columns) => FRAME + LABELS + STEP * (count <= columns ? count : columns + 2 * (FOLD - 1));

/** How many columns have room for so many time steps. @param {number} count @param {number} width */
export function columnsFor(count, width) {
  const columns = (width - FRAME - LABELS) / STEP;
  return count <= columns ? count : Math.max(LEAST.narrow, Math.floor(columns - 2 * (FOLD - 1) + 1e-9));
}

/** How many time steps there are. @param {import("./cars.js").Car} car */
export const placesOf = ({ takes }) => sizeOf(takes, "length") ?? 0;

/** Whether something leaves at every time step. @param {import("./cars.js").Car} car */
export const leavesEach = (car) => sizeOf(car.shape, "length") === placesOf(car);

/** The columns for `count` time steps: all where they fit, else both ends and those around `at`.
 * @param {number} count @param {number} columns @param {number} at @returns {Item[]} */
export function itemsOf(count, columns, at) {
  const steps = (/** @type {number} */ from, /** @type {number} */ to) =>
    Array.from({ length: Math.max(0, to - from) }, (_, step) => ({ place: from + step, folded: 0 }));
  const fold = (/** @type {number} */ from, /** @type {number} */ to) => ({ place: from, folded: to - from });
  if (count <= columns) return steps(0, count);
  const [ends, middle] = [columns - 2, columns - 4];
  if (at < ends) return [...steps(0, ends), fold(ends, count - 1), ...steps(count - 1, count)];
  if (at >= count - ends) return [...steps(0, 1), fold(1, count - ends), ...steps(count - ends, count)];
  const from = at - Math.floor(middle / 2);
  return [...steps(0, 1), fold(1, from), ...steps(from, from + middle), fold(from + middle, count - 1), ...steps(count - 1, count)]; // prettier-ignore
}

/** Whether a time step has a column. @param {Item[]} items @param {number} place */
export const hasColumn = (items, place) => items.some((item) => item.place === place && item.folded === 0);

/** What of a sample enters at each time step; null where places of the data are not those of the layer. What fills a
 * text up is left out. @param {ArrayLike<number>} sample @param {import("../views/points.js").Preview} preview @param {number} places
 * @returns {number[][] | null} a list for each time step: one token, or a number for each channel */
export function enteringOf(sample, preview, places) {
  const { shape, vocabulary = [] } = preview;
  if (sizeOf(shape, "length") !== places || sample.length !== numbersOf(shape)) return null;
  if (isTokens(shape)) {
    const tokens = Array.from(sample);
    return tokens.slice(0, tokens.findLastIndex((token) => vocabulary[token] !== "") + 1).map((token) => [token]);
  }
  const [channels] = sizesOf(shape);
  return Array.from({ length: places }, (_, at) => Array.from({ length: channels }, (_, row) => sample[row * places + at])); // prettier-ignore
}

/** Where probes keep the layer of one reading: layers below the topmost have a place of their own.
 * @param {string} path @param {Carried} carried */
export const addressOf = (path, { lower }) => (lower ? `${path}:${lower}` : path);

/** What is known of a letter of one reading: its states, or what the gates say; null where no frame shows it, or not of
 * this sample: gates are shown of fewer.
 * @param {Record<string, Frame | undefined>} frames @param {string} path @param {Carried} carried @param {string} letter
 * @param {number} places @param {number} sample @returns {Seen | null} */
export function seenOf({ states, gates }, path, carried, letter, places, sample) {
  const { letters, units, first, lower } = carried;
  const drawn = evenly(units, DRAWN);
  const address = addressOf(path, carried);
  const state = letter === letters[0];
  const kept = lower ? "lower" : "states";
  const array = state ? states?.arrays[`${kept}:${address}`] : gates?.arrays[`gate:${letter}:${address}`];
  if (array?.shape[2] !== places || sample >= array.shape[0]) return null;
  const order = state ? null : /** @type {number[]} */ (gates?.about.order?.[address] ?? []);
  const rows = drawn.map((unit) => (order ? order.indexOf(unit) : unit + first));
  return { array, rows: rows.map((row) => (row < array.shape[1] ? row : -1)) };
}

/** The bytes of one time step, of the units that are drawn; 128 is 0, which stands for what is not known.
 * @param {Seen} seen @param {number} sample @param {number} place */
export function codesAt({ array: { data, shape }, rows }, sample, place) {
  const [, units, places] = shape;
  const start = sample * units * places + place;
  return Uint8Array.from(rows, (row) => (row < 0 ? 128 : data[start + row * places]));
}

/** The unit in a row that is drawn. @param {number} units @param {number} row */
export const unitIn = (units, row) => evenly(units, DRAWN)[row];

/** The row in which a unit is drawn, or one next to it. @param {number} units @param {number} unit */
export const rowOf = (units, unit) => evenly(units, DRAWN).findLastIndex((drawn) => drawn <= unit);

/** The names of the weights with which each reading looks at what arrives, and at its state. @param {Carried[]} carries */
export const weightsIn = (carries) => carries.map(({ weights }) => weights.join(", ")).join(" · ");
