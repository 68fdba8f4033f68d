/** Where everything in the diagram stands: columns, units, wires, frames around blocks; deep networks fold. Pure. */

import { placeAcross } from "./across.js";
import { columnsOf } from "./carColumns.js";
import { placeDown } from "./down.js";

/** @typedef {import("./cars.js").Car} Car */
/** @typedef {import("./cars.js").Train} Train */
/**
 * `tiles`: one small picture a neuron; `planes`: one a channel, to scale; `picture`: the sample itself; `strip`: all
 * numbers as thin cells; `stack`: several folded cars side by side; `unrolled`: a column for each time step; `none`:
 * nothing is known below the card.
 * @typedef {"tiles" | "planes" | "picture" | "strip" | "stack" | "unrolled" | "none"} Style
 */
/**
 * @typedef {{key: string, car: Car, cars: Car[], times: number, style: Style, units: number, shown: number[],
 *   feeds: number[], rank: number, x: number, left: number, card: number, cardTop: number, compact: boolean,
 *   named: boolean, bottom: number, size: number, wide: number, tall: number, lefts: number[], tops: number[],
 *   top: number, height: number, width: number}} Column `x` is the middle of what stands below the card, `left` the
 *   card's left edge; of each unit that is shown, `lefts` and `tops` say where its tile of `wide` × `tall` pixels is;
 *   `feeds` are the columns that arrive here; `compact` cards have one line;
 *   beside the tiles of a `named` column stand names
 */
/** `offset`: where the units of `from` begin among those of `to`. `lane`: the empty one that it passes through, at `via`.
 * @typedef {{from: number, to: number, kind: "weights" | "same" | "bundle", path: string, offset: number,
 *   lane?: string, via?: number}} Link */
/** A frame around columns `from` to `to`; what it holds begins behind column `split`.
 * @typedef {{key: string, kind: "container" | "fold", from: number, to: number, split: number, lanes: number,
 *   count: number, level: number, gap: Gap | null, left: number, right: number, top: number, bottom: number}} Frame */
/** A place where a car can be coupled in: the `level`th of `of` between two columns.
 * @typedef {{list: string, at: number, after: number, before: number, level: number, of: number, x: number, y: number,
 *   compact: boolean}} Gap */
/** The heading of a lane. @typedef {{number: number, left: number, top: number, list: string}} Heading */
/** @typedef {{width: number, height: number, top: number, scale: number, columns: Column[], links: Link[],
 *   frames: Frame[], gaps: Gap[], headings: Heading[]}} Layout */

/** Where units begin, in pixels at the usual size of text; network.css has the height of cards, 3.625rem. */
const UNITS_TOP = 92;

/** @param {Train} train @param {{width: number, height: number, open: ReadonlySet<string>, most?: number, wordy?: boolean, named?: boolean, scale?: number, shared?: boolean}} room
 * pixels; what the person has unfolded (and, with a minus in front, folded); how many columns there may be; whether
 * inputs have long names, and outputs names; the size of text against 16 pixels; whether other networks stand above or
 * below @returns {Layout} */
export function layOut(train, room) {
  const coupled = columnsOf(train, room.open, room.most);
  const { columns, links, frames, gaps } = coupled;
  const scale = room.scale ?? 1;
  columns[0].named = Boolean(room.wordy);
  columns[columns.length - 1].named = Boolean(room.named);
  const width = placeAcross(coupled, room.width, scale);
  const { height, headings } = placeDown(coupled, room.height, scale, !room.shared);
  const [input, output] = [columns[0], columns[columns.length - 1]];
  if (room.wordy && inOneRow(input)) moveTo(input, input.left + input.card - input.size / 2 - 2); // names to its left
  if (room.named && inOneRow(output)) moveTo(output, output.left + output.size / 2 + 2); // names to its right
  return { width, height, top: UNITS_TOP * scale, scale, columns, links, frames, gaps, headings };
}

/** Whether the tiles of a column stand below one another. @param {Column} column */
export const inOneRow = ({ style, lefts }) => style === "tiles" && new Set(lefts).size === 1;

/** @param {Column} column @param {number} x the middle of its tiles */
function moveTo(column, x) {
  column.x = x;
  column.lefts = column.lefts.map(() => x - column.size / 2);
}

/** The middle of the free space in front of column `index`, and how wide it is.
 * @param {Column[]} columns @param {number} index @returns {{x: number, width: number}} */
export function spaceBefore(columns, index) {
  const right = columns[index];
  const left = columns[right.feeds[0]];
  return { x: (left.left + left.card + right.left) / 2, width: right.left - left.left - left.card };
}

/** The point where a wire leaves (side 1) or reaches (side −1) unit `unit` of a column.
 * @param {Column} column @param {number} unit @param {1 | -1} side @returns {[number, number] | null} */
export function anchor(column, unit, side) {
  const edge = column.x + (side * column.width) / 2;
  if (column.style === "tiles" || column.style === "planes") {
    const at = column.shown.indexOf(unit);
    return at < 0 ? null : [edge, column.tops[at] + column.tall / 2];
  }
  if (column.style === "strip") return [edge, column.top + ((unit + 0.5) / column.units) * column.height];
  return [edge, column.top + column.height / 2];
}

/** The place of a unit's tile in a column.
 * @param {Column} column @param {number} row place among the units that are shown */
export function tileAt(column, row) {
  return { left: column.lefts[row], top: column.tops[row], width: column.wide, height: column.tall };
}
