/** The pixels of the diagram: how wide cards and gaps are, how large neurons. Pure. */

import { shownOf } from "./cars.js";

/** @typedef {import("./layout.js").Column} Column */

/** Where neurons begin, in pixels at the usual size of text; network.css has the height of cards, 3.625rem. */
export const NEURONS_TOP = 92;
const SMALLEST = 22;

/** Gives each column its place and card; the whole is centred, or wider than the room and scrolled.
 * @param {Column[]} columns @param {number} space @param {number} [scale] of text: 1 is 16 pixels
 * @returns {number} the width of all */
export function placeAcross(columns, space, scale = 1) {
  const room = space / scale;
  const narrow = room < 560;
  let [card, least] = narrow ? [112, 62] : [132, 84];
  const count = columns.length;
  const folded = columns.some((column) => column.style === "stack");
  for (const tighter of narrow ? [] : [[116, 72], [104, 60], ...(folded ? [[96, 40]] : [])]) {
    if (count * card + (count - 1) * least > room) [card, least] = tighter;
  }
  const used = count * card;
  const spread = count > 1 ? (room - used) / (count - 1) : 0;
  const gap = Math.min(Math.max(least, spread), narrow ? 90 : 190);
  const total = used + (count - 1) * gap;
  const left = Math.max(0, (room - total) / 2);
  columns.forEach((column, at) => {
    column.card = card * scale;
    column.left = (left + at * (card + gap)) * scale;
    column.x = column.left + column.card / 2;
  });
  return Math.max(room, total) * scale;
}

/** The height of folded cars: as many cells as the tallest of them draws.
 * @param {Column} column @param {number} region */
function stackHeight({ cars, card }, region) {
  const rows = Math.max(1, ...cars.map((car) => shownOf(car.units ?? 0).length));
  return Math.min(region, (rows * card) / cars.length);
}

/** @param {Column[]} columns @param {number} space @param {number} top where neurons begin @returns {number} the height of all */
export function placeDown(columns, space, top) {
  const most = columns.reduce((found, column) => Math.max(found, column.tops.length, column.shown.length), 1);
  const height = Math.max(space, top + most * (SMALLEST + 6) + 12);
  const region = height - top - 12;
  const largest = Math.max(40, Math.min(92, region / 9));
  for (const column of columns) {
    const count = column.shown.length;
    if (column.style === "tiles") {
      const pitch = Math.min(largest * 1.25, region / count);
      column.size = Math.round(Math.min(largest, pitch - Math.min(10, Math.max(5, pitch * 0.18))));
      const first = top + (region - pitch * count) / 2 + (pitch - column.size) / 2;
      column.tops = column.shown.map((_, at) => Math.round(first + at * pitch));
      column.width = column.size;
      column.top = column.tops[0];
      column.height = pitch * count;
    } else {
      const wide = column.style === "strip" ? 16 : column.style === "stack" ? column.card : 96;
      const tall = { picture: 96, none: 0, strip: Math.min(region, 420), stack: stackHeight(column, region) }[
        column.style
      ];
      Object.assign(column, { width: wide, height: tall, top: top + (region - tall) / 2, size: wide });
    }
  }
  return height;
}
