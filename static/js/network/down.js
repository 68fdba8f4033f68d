/** The diagram from top to bottom: lanes of forks below one another, and in each column the tiles of its units. Pure. */

import { sidesOf } from "../api/shapes.js";
import { gridOf, planeScale, placePlanes } from "./planes.js";

/** @typedef {import("./carColumns.js").Coupled} Coupled */
/** @typedef {import("./carColumns.js").Lane} Lane */
/** @typedef {import("./layout.js").Column} Column */
/** @typedef {import("./layout.js").Heading} Heading */

// pixels at the usual size of text; network.css has the height of cards
const HEAD = 92; // from the top of a card to its units: 58 of card, 34 for shortcuts
const COMPACT_HEAD = 46; // where many lanes share the height: 36 of card
const [USUAL, LOW] = [120, 96]; // below the head of a network, the second where others stand above or below it
const FOOT = 6;
const CAPTION = [20, 34]; // the sizes below planes; and how many of them are shown
const PITCH = 25; // from neuron to neuron, where they are closest
const NAMED = 18; // where each has a name, for which only the first of several beside one another has room
const [ARROWS, READING] = [112, 34]; // of time steps side by side: what is said, enters and leaves; and what is carried
const LANES = 3; // so many make cards compact

/** Gives each column and lane its place; the whole is as high as the room, or higher and scrolled.
 * @param {Coupled} coupled @param {number} space pixels @param {number} scale of text
 * @param {boolean} [alone] whether it shares the height with no other network
 * @returns {{height: number, headings: Heading[]}} */
export function placeDown({ columns, links, frames, gaps, lane: whole }, space, scale, alone = true) {
  /** @type {Heading[]} */
  const headings = [];
  const low = !alone && space / scale < needed(whole, columns, false, false); // then cards are compact
  const height = Math.max(space / scale, headOf(low) + (low ? LOW : USUAL), needed(whole, columns, low, alone)) * scale;
  for (const frame of frames) Object.assign(frame, { top: -4, bottom: height - 12 * scale });
  /** @param {Lane} lane @param {number} top @param {number} bottom @param {boolean} compact */
  const place = (lane, top, bottom, compact) => {
    const stand = (/** @type {number} */ index) =>
      Object.assign(columns[index], { cardTop: top, bottom: bottom - FOOT * scale, compact });
    for (const item of lane.items) {
      if (typeof item === "number") {
        stand(item);
        continue;
      }
      stand(item.join);
      const frame = frames.find((found) => found.kind === "container" && found.to === item.join);
      if (frame) Object.assign(frame, { top: top - 4, bottom: bottom - (top > 0 ? 2 : 12) * scale });
      if (item.lanes.length === 1) place(item.lanes[0], top, bottom, compact);
      else shareOut(item, top, bottom, compact, frame);
    }
    for (const gap of gaps) if (gap.list === lane.list) Object.assign(gap, { y: top, compact });
    for (const link of links) if (link.lane === lane.list) link.via = (top + bottom) / 2;
  };
  /** @param {import("./carColumns.js").Fork} fork @param {number} top @param {number} bottom @param {boolean} compact
   * @param {import("./layout.js").Frame | undefined} frame */
  const shareOut = ({ lanes }, top, bottom, compact, frame) => {
    const tight = compact || lanes.length >= LANES;
    const least = lanes.map((lane) => needed(lane, columns, tight, false) * scale);
    const spare = Math.max(0, bottom - top - least.reduce((sum, pixels) => sum + pixels, 0)) / lanes.length;
    let at = top;
    lanes.forEach((lane, number) => {
      const end = at + least[number] + spare;
      const below = at + (tight ? 32 : 60) * scale; // the plus of the lane
      headings.push({ number: number + 1, left: (frame?.left ?? 0) + 10 * scale, top: below, list: lane.list });
      place(lane, at, end, tight);
      at = end;
    });
  };
  place(whole, 0, height, low);
  placeUnits(columns, scale);
  return { height, headings };
}

/** The least height of a lane, in pixels at the usual size of text.
 * @param {Lane} lane @param {Column[]} columns @param {boolean} compact @param {boolean} alone @returns {number} */
function needed(lane, columns, compact, alone) {
  const own = (/** @type {number} */ index) => headOf(compact) + leastOf(columns[index], alone) + FOOT;
  const heights = lane.items.map((item) => {
    if (typeof item === "number") return own(item);
    if (item.lanes.length === 1) return Math.max(own(item.join), needed(item.lanes[0], columns, compact, alone));
    const tight = compact || item.lanes.length >= LANES;
    const sum = item.lanes.reduce((found, inner) => found + needed(inner, columns, tight, false), 0);
    return Math.max(own(item.join), sum);
  });
  return Math.max(headOf(compact) + FOOT, ...heights);
}

/** @param {boolean} compact */
const headOf = (compact) => (compact ? COMPACT_HEAD : HEAD);

/** @param {Column} column @param {boolean} alone not in one of several lanes */
function leastOf(column, alone) {
  const { style, shown } = column;
  const whole = shown.length * PITCH;
  const body = {
    tiles: Math.min(alone ? 7 * PITCH : 72, whole),
    planes: alone ? 150 : 56,
    picture: alone ? 96 : 72,
    strip: alone ? 120 : 60,
    stack: alone ? 96 : 72,
    unrolled: ARROWS + READING * column.car.carries.reduce((sum, { letters }) => sum + letters.length, 0),
    none: 0,
  };
  return body[style] + captionOf(column);
}

/** @param {Column[]} columns @param {number} scale */
function placeUnits(columns, scale) {
  const regions = columns.map((column) => {
    const top = column.cardTop + headOf(column.compact) * scale;
    const caption = captionOf(column);
    return { top, height: Math.max(1, column.bottom - top - caption * scale) };
  });
  const unit = planeScale(columns, regions, scale);
  columns.forEach((column, at) => {
    if (column.style === "tiles") placeTiles(column, regions[at], scale);
    else if (column.style === "planes") placePlanes(column, regions[at], unit, scale);
    else placeWhole(column, regions[at], unit, scale);
  });
}

/** The height of what is said below a column: its sizes, and how many of its units are shown.
 * @param {Column} column */
function captionOf({ style, units, shown, compact }) {
  const some = shown.length > 0 && units > shown.length;
  if (style === "planes" || style === "picture") return CAPTION[some && !compact ? 1 : 0];
  return some ? CAPTION[0] : 0;
}

/** @param {Column} column @param {{top: number, height: number}} region @param {number} scale */
function placeTiles(column, region, scale) {
  const largest = Math.max(40, Math.min(92, region.height / 9));
  const count = column.shown.length;
  const least = column.named ? NAMED : PITCH;
  const across = Math.min(
    Math.max(1, Math.floor(column.card / (least * scale))),
    Math.max(1, Math.ceil((count * least - 2) / region.height)),
  );
  const rows = Math.ceil(count / across);
  const pitch = Math.min(largest * 1.25, region.height / rows, column.card / across);
  const size = Math.round(Math.min(largest, pitch - Math.min(10, Math.max(5, pitch * 0.18))));
  const first = region.top + (region.height - pitch * rows) / 2;
  gridOf(column, { rows, across, pitch: [pitch, pitch], size: [size, size], top: first });
  column.size = size;
}

/** @param {Column} column @param {{top: number, height: number}} region @param {{pixels: number}} unit @param {number} scale */
function placeWhole(column, region, unit, scale) {
  let [wide, tall] = [column.card, 0];
  if (column.style === "strip") [wide, tall] = [16 * scale, Math.min(region.height, 420 * scale)];
  if (column.style === "stack") tall = stackHeight(column, region.height);
  if (column.style === "unrolled") tall = Math.min(region.height, 380 * scale);
  if (column.style === "picture") {
    const [rows, across] = column.car.shape ? sidesOf(column.car.shape) : [1, 1];
    const side = Math.min(column.card, region.height, Math.max(unit.pixels * Math.max(rows, across), 72 * scale));
    [wide, tall] = [across, rows].map((cells) => (cells / Math.max(rows, across)) * side);
  }
  const top = region.top + (region.height - tall) / 2;
  Object.assign(column, { width: wide, height: tall, top, size: wide, wide, tall, lefts: [], tops: [] });
}

/** The height of folded cars: as many cells as the tallest of them draws.
 * @param {Column} column @param {number} height of the region */
function stackHeight({ cars, card }, height) {
  const rows = Math.max(1, ...cars.map(({ shown }) => shown.length));
  return Math.min(height, (rows * card) / cars.length);
}
