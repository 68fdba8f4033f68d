/** The diagram from left to right: ranks of columns, how wide cards and the space between them are. Pure. */

import { isUnrolled } from "./folding.js";
import { widthsOf } from "./timeSteps.js";

/** @typedef {import("./carColumns.js").Coupled} Coupled */
/** @typedef {import("./carColumns.js").Lane} Lane */
/** @typedef {import("./layout.js").Column} Column */

const PLUS = 32; // pixels for a plus and what is free around it
const NAMES = 64; // beside the first column and the last
const EDGE = 12; // of a frame, beyond its columns

/** Gives each column its rank, place and card; the whole is centred, or wider than the room and scrolled.
 * @param {Coupled} coupled @param {number} space pixels @param {number} scale of text: 1 is 16 pixels
 * @returns {number} the width of all */
export function placeAcross({ columns, links, frames, gaps, lane }, space, scale) {
  const count = ranked(lane, columns, 0);
  const room = space / scale;
  const narrow = room < 560;
  const folded = columns.some((column) => column.style === "stack");
  const sizes = narrow
    ? [
        { card: 112, wires: 62, bundle: 40 },
        // the others only where then all are in sight, and no long names stand beside the first
        ...(columns[0].named
          ? []
          : [
              { card: 92, wires: 34, bundle: 26 },
              { card: 68, wires: 22, bundle: 20 },
            ]),
      ]
    : [
        { card: 132, wires: 84, bundle: 64 },
        { card: 116, wires: 72, bundle: 48 },
        { card: 104, wires: 60, bundle: 36 },
        { card: 100, wires: folded ? 44 : 48, bundle: 28 },
        { card: 92, wires: 40, bundle: 26 }, // this and the next only where then all are in sight
        { card: 84, wires: 28, bundle: 24 },
      ];
  const least = (/** @type {{card: number, wires: number, bundle: number}} */ size) =>
    spaces(count, columns, links, gaps, size);
  const wide = (/** @type {typeof sizes[number]} */ size, spare = 0) =>
    wider(count, columns, { card: size.card, narrow, spare });
  const names = columns.some(isUnrolled) ? NAMES : 0; // else they have what is spare
  const taken = (/** @type {typeof sizes[number]} */ size) =>
    count * size.card + sum(least(size)) + sum(wide(size)) + names;
  const chosen = sizes.find((size) => taken(size) <= room) ?? sizes[narrow ? 0 : 3];
  const needed = least(chosen);
  const more = wide(chosen, Math.max(0, room - taken(chosen)));
  const spare = Math.max(0, room - count * chosen.card - sum(needed) - sum(more) - names);
  const most = needed.map((gap) => (narrow ? Math.max(gap, 90) : gap > 70 ? 190 : 120));
  const widened = needed.map((gap, at) => Math.min(most[at], gap + spare / Math.max(1, needed.length)));
  const total = count * chosen.card + sum(widened) + sum(more);
  const starts = [Math.max(0, (room - total) / 2)];
  widened.forEach((gap, at) => starts.push(starts[at] + chosen.card + more[at] + gap));
  for (const column of columns) {
    const [below, part] = [Math.floor(column.rank), column.rank % 1];
    const next = starts[Math.min(below + 1, starts.length - 1)];
    column.card = (chosen.card + (isUnrolled(column) ? more[below] : 0)) * scale;
    column.left = (starts[below] + part * (next - starts[below])) * scale;
    column.x = column.left + column.card / 2;
  }
  for (const gap of gaps) gap.x = gapMiddle(columns, gap, scale);
  for (const frame of frames) Object.assign(frame, sidesOf(columns, frame, scale));
  return Math.max(room, total) * scale;
}

/** By how much each rank is wider than a card, for time steps side by side: as many as they need, and those for which
 * there is room. A column between two ranks widens both.
 * @param {number} count @param {Column[]} columns @param {{card: number, narrow: boolean, spare: number}} size
 * @returns {number[]} */
function wider(count, columns, { card, narrow, spare }) {
  const found = Array.from({ length: count }, () => 0);
  const unrolled = columns.filter(isUnrolled);
  for (const { car, rank } of unrolled) {
    const [least, most] = widthsOf(car, narrow).map((width) => Math.max(0, width - card));
    const width = Math.min(most, least + spare / unrolled.length);
    for (const at of new Set([Math.floor(rank), Math.ceil(rank)])) found[at] = Math.max(found[at], width);
  }
  return found;
}

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((found, number) => found + number, 0);

/** Ranks the columns of a lane from `start` on; shorter lanes of a fork stand in the middle of the longest.
 * @param {Lane} lane @param {Column[]} columns @param {number} start @returns {number} the rank behind its last */
function ranked(lane, columns, start) {
  let rank = start;
  for (const item of lane.items) {
    if (typeof item === "number") {
      columns[item].rank = rank++;
      continue;
    }
    const lengths = item.lanes.map((inner) => ranked(inner, columns, 0));
    const longest = Math.max(0, ...lengths);
    item.lanes.forEach((inner, at) => ranked(inner, columns, rank + (longest - lengths[at]) / 2));
    rank += longest;
    columns[item.join].rank = rank++;
  }
  return rank;
}

/** The least space between each rank and the next.
 * @param {number} count @param {Column[]} columns @param {Coupled["links"]} links @param {Coupled["gaps"]} gaps
 * @param {{wires: number, bundle: number}} size @returns {number[]} */
function spaces(count, columns, links, gaps, size) {
  const found = Array.from({ length: Math.max(0, count - 1) }, () => size.bundle);
  const widen = (/** @type {number} */ to, /** @type {number} */ width) => {
    const at = Math.ceil(columns[to].rank) - 1;
    if (at >= 0 && at < found.length) found[at] = Math.max(found[at], width);
  };
  for (const link of links) if (link.kind !== "bundle") widen(link.to, size.wires);
  for (const gap of gaps) if (gap.before >= 0 && gap.of > 1) widen(gap.before, gap.of * PLUS);
  return found;
}

/** @param {Column[]} columns @param {import("./layout.js").Gap} gap @param {number} scale */
function gapMiddle(columns, { after, before, level, of }, scale) {
  const [left, right] = [columns[after], columns[before]];
  const [from, to] = [left.left + left.card, right.left];
  const near = of * PLUS * scale * 1.5; // in a short lane, close to the card that it stands beside
  if (to - from <= 2 * near) return from + ((level + 0.5) / of) * (to - from);
  return level === 0 && of > 1 ? from + (PLUS * scale) / 2 : of > 1 ? to - PLUS * scale * 0.6 : (from + to) / 2;
}

/** Where a frame begins and ends: between the pluses outside and inside it.
 * @param {Column[]} columns @param {import("./layout.js").Frame} frame @param {number} scale */
function sidesOf(columns, { from, to, gap, level }, scale) {
  const inside = columns.slice(from, to + 1);
  const first = Math.min(...inside.map((column) => column.left));
  const right = Math.max(...inside.map((column) => column.left + column.card)) + EDGE * scale;
  if (!gap) return { left: first - EDGE * scale, right };
  const before = columns[gap.after].left + columns[gap.after].card;
  return { left: before + ((level + 1) / Math.max(gap.of, level + 2)) * (first - before), right };
}
