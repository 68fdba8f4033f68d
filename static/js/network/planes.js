/** The planes of pictures and the strips of series, to one scale over the whole diagram, in a grid below their card. Pure. */

import { isImage, sidesOf } from "../api/shapes.js";

/** @typedef {import("./layout.js").Column} Column */
/** @typedef {{top: number, height: number}} Region */
/** How large a pixel and a moment are drawn. @typedef {{pixels: number, moments: number}} Unit */

const LARGEST = 88; // side of the largest plane, in pixels of the screen
const [LEAST, THIN] = [14, 10]; // the longer and the shorter side of the smallest
const BETWEEN = 5;
const MOST_ACROSS = 6;
const FEW = 6; // so many are shown at least where lanes leave little room
const [THINNEST, THICKEST] = [14, 34]; // height of a strip

/** The one scale at which all planes fit below their cards.
 * @param {Column[]} columns @param {Region[]} regions @param {number} scale of text @returns {Unit} */
export function planeScale(columns, regions, scale) {
  const planes = columns.flatMap((column, at) =>
    column.style === "planes" && pictured(column) ? [{ column, region: regions[at] }] : [],
  );
  const sides = columns.flatMap((column) => (column.car.shape && pictured(column) ? sidesOf(column.car.shape) : []));
  const lengths = columns.flatMap(({ style, car }) =>
    style === "planes" && car.shape ? [sidesOf(car.shape)[1]] : [1],
  );
  let [low, high] = [0, (LARGEST * scale) / Math.max(1, ...sides)];
  for (let round = 0; round < 20 && planes.length > 0; round++) {
    const middle = round === 0 ? high : (low + high) / 2;
    const fits = planes.every(({ column, region }) => across(column, region, middle, scale, leastOf(column)) > 0);
    if (fits && round === 0) low = high;
    else if (fits) low = middle;
    else high = middle;
  }
  const card = columns[0].card;
  return { pixels: planes.length > 0 ? low : high, moments: card / Math.max(...lengths) };
}

/** Places the planes of one column; where lanes leave no room for all, as many as fit are shown.
 * @param {Column} column @param {Region} region @param {Unit} unit @param {number} scale */
export function placePlanes(column, region, unit, scale) {
  if (!pictured(column)) return placeStrips(column, region, unit, scale);
  const [wide, tall] = tileOf(column, unit.pixels, scale);
  let count = column.shown.length;
  while (count > 1 && !across(column, region, unit.pixels, scale, count)) count--;
  if (count < column.shown.length) {
    column.shown = evenly(column.shown.length, count).map((at) => column.shown[at]);
  }
  const columns = Math.max(1, across(column, region, unit.pixels, scale, count));
  const rows = Math.ceil(count / columns);
  const [stepX, stepY] = [wide + BETWEEN * scale, Math.min(tall + BETWEEN * scale * 2, region.height / rows)];
  const top = region.top + Math.max(0, (region.height - rows * stepY) / 2);
  gridOf(column, { rows, across: columns, pitch: [stepX, stepY], size: [wide, tall], top });
}

/** Fills in the places of a grid that is filled column by column.
 * @param {Column} column @param {{rows: number, across: number, pitch: [number, number], size: [number, number],
 *   top: number}} grid */
export function gridOf(column, { rows, across: columns, pitch, size, top }) {
  const [wide, tall] = size;
  const width = (columns - 1) * pitch[0] + wide;
  const left = column.x - width / 2;
  const first = top + (pitch[1] - tall) / 2;
  column.lefts = column.shown.map((_, at) => left + Math.floor(at / rows) * pitch[0]);
  column.tops = column.shown.map((_, at) => Math.round(first + (at % rows) * pitch[1]));
  const height = (rows - 1) * pitch[1] + tall;
  Object.assign(column, { wide, tall, width, height, top: column.tops[0] ?? top, size: wide });
}

/** @param {Column} column */
function pictured(column) {
  return isImage(column.car.shape);
}

/** How many must be seen at once: all, or in a lane at least a few.
 * @param {Column} column */
function leastOf({ compact, shown }) {
  return compact ? Math.min(FEW, shown.length) : shown.length;
}

/** @param {Column} column @param {number} pixels @param {number} scale @returns {[number, number]} */
function tileOf({ car }, pixels, scale) {
  const [height, width] = sidesOf(/** @type {import("./cars.js").Shape} */ (car.shape));
  const factor = Math.max(pixels, (LEAST * scale) / Math.max(height, width));
  const side = (/** @type {number} */ cells) => Math.max(THIN * scale, cells * factor);
  return [side(width), side(height)];
}

/** Side by side, in how few columns so many planes fit; 0 where they do not.
 * @param {Column} column @param {Region} region @param {number} pixels @param {number} scale @param {number} count */
function across(column, region, pixels, scale, count) {
  const [wide, tall] = tileOf(column, pixels, scale);
  const between = BETWEEN * scale;
  for (let columns = 1; columns <= MOST_ACROSS; columns++) {
    const width = columns * (wide + between) - between;
    const height = Math.ceil(count / columns) * (tall + between) - between;
    if (columns > 1 && width > column.card) return 0;
    if (width <= column.card && height <= region.height) return columns;
  }
  return 0;
}

/** @param {Column} column @param {Region} region @param {Unit} unit @param {number} scale */
function placeStrips(column, region, unit, scale) {
  const most = Math.max(1, Math.floor(region.height / ((THINNEST + 4) * scale)));
  if (column.shown.length > most) {
    column.shown = evenly(column.shown.length, most).map((at) => column.shown[at]);
  }
  const rows = column.shown.length;
  const [, length] = sidesOf(/** @type {import("./cars.js").Shape} */ (column.car.shape));
  const pitch = Math.min((THICKEST + 6) * scale, region.height / rows);
  const size = /** @type {[number, number]} */ ([Math.max(THIN * scale, length * unit.moments), pitch - 5 * scale]);
  const top = region.top + (region.height - rows * pitch) / 2;
  gridOf(column, { rows, across: 1, pitch: [0, pitch], size, top });
}

/** So many of the numbers below `units`, chosen evenly, the first and the last among them.
 * @param {number} units @param {number} count @returns {number[]} */
export function evenly(units, count) {
  if (count >= units) return Array.from({ length: units }, (_, at) => at);
  return Array.from({ length: count }, (_, at) => Math.round((at * (units - 1)) / Math.max(1, count - 1)));
}
