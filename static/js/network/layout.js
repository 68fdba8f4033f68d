/** Where everything in the diagram stands: columns, neurons, wires, frames around blocks; deep networks fold. Pure. */

import { numbersOf, shownOf } from "./cars.js";
import { NEURONS_TOP, placeAcross, placeDown } from "./placing.js";

/** @typedef {import("./cars.js").Car} Car */
/** @typedef {import("./cars.js").Train} Train */
/**
 * `tiles`: one small picture a neuron; `picture`: the sample itself; `strip`: all numbers as thin cells;
 * `stack`: several folded cars side by side; `none`: nothing is known below the card.
 * @typedef {"tiles" | "picture" | "strip" | "stack" | "none"} Style
 */
/**
 * @typedef {{key: string, car: Car, cars: Car[], style: Style, units: number, shown: number[], x: number, left: number,
 *   card: number, size: number, tops: number[], top: number, height: number, width: number}} Column `x` is the middle of
 *   what stands below the card, `left` the card's left edge
 */
/** @typedef {{from: number, to: number, kind: "weights" | "same" | "bundle", path: string}} Link */
/** @typedef {{key: string, from: number, to: number, residual: boolean, count: number}} Frame */
/** @typedef {{index: number, x: number, list: string, at: number}} Gap a place where a car can be coupled in */
/** @typedef {{width: number, height: number, top: number, scale: number, columns: Column[], links: Link[], frames: Frame[], gaps: Gap[]}} Layout */

const MOST_COLUMNS = 12;

/** @param {Train} train @param {{width: number, height: number, open: ReadonlySet<string>, wordy?: boolean, scale?: number}} room
 * pixels;
 * what the person has unfolded (and, with a minus in front, folded); whether inputs have long names; the
 * size of text against 16 pixels @returns {Layout} */
export function layOut(train, room) {
  const { columns, links, frames, gaps } = coupledColumns(train, room.open);
  const scale = room.scale ?? 1;
  const top = NEURONS_TOP * scale;
  const width = placeAcross(columns, room.width, scale);
  const height = placeDown(columns, Math.max(room.height, top + 120), top);
  const [input] = columns;
  if (room.wordy && input.style === "tiles") input.x = input.left + input.card - input.size / 2 - 2; // names to its left
  gaps.forEach((gap, at) => {
    const twin = gaps[at - 1]?.index === gap.index ? 1 : gaps[at + 1]?.index === gap.index ? -1 : 0;
    gap.x = between(columns, gap.index) + twin * 16 * scale;
  });
  return { width, height, top, scale, columns, links, frames, gaps };
}

/** The middle of the free space in front of column `index`.
 * @param {Column[]} columns @param {number} index */
export function between(columns, index) {
  const [left, right] = [columns[index - 1], columns[index]];
  return (left.left + left.card + right.left) / 2;
}

/** The point where a wire leaves (side 1) or reaches (side −1) unit `unit` of a column.
 * @param {Column} column @param {number} unit @param {1 | -1} side @returns {[number, number] | null} */
export function anchor(column, unit, side) {
  const edge = column.x + (side * column.width) / 2;
  if (column.style === "tiles") {
    const at = column.shown.indexOf(unit);
    return at < 0 ? null : [edge, column.tops[at] + column.size / 2];
  }
  if (column.style === "strip") return [edge, column.top + ((unit + 0.5) / column.units) * column.height];
  return [edge, column.top + column.height / 2];
}

/** @param {Train} train @param {ReadonlySet<string>} open */
function coupledColumns(train, open) {
  /** @type {Column[]} */
  const columns = [];
  /** @type {Link[]} */
  const links = [];
  /** @type {Frame[]} */
  const frames = [];
  /** @type {Gap[]} */
  const gaps = [];
  const add = (/** @type {Car} */ car, /** @type {Car[]} */ cars = []) => {
    columns.push(columnOf(car, cars));
    return columns.length - 1;
  };
  const link = (/** @type {Car} */ car, /** @type {number} */ to) => {
    links.push(linkOf(columns[to - 1], columns[to], to, car));
  };
  /** @param {Car} car @param {boolean} crowded */
  const addCar = (car, crowded) => {
    gaps.push({ index: columns.length, x: 0, list: car.list, at: car.start });
    const unfolded = car.role === "residual" && (open.has(car.path) || !crowded) && !open.has(`-${car.path}`);
    const from = columns.length;
    if (unfolded) {
      for (const inner of car.inner) addCar(inner, false);
      gaps.push({ index: columns.length, x: 0, list: `${car.path}/layers`, at: innerEnd(car) });
    }
    const to = add(car);
    link(car, to);
    if (unfolded) frames.push({ key: car.path, from, to, residual: true, count: car.inner.length });
  };
  add(train.input);
  const crowded = columnsNeeded(train.cars) + 2 > MOST_COLUMNS;
  for (const block of blocks(train.cars)) {
    if (block.length === 1) addCar(block[0], crowded);
    else if (open.has(keyOf(block))) {
      const from = columns.length;
      for (const car of block) addCar(car, crowded);
      frames.push({ key: keyOf(block), from, to: columns.length - 1, residual: false, count: block.length });
    } else {
      gaps.push({ index: columns.length, x: 0, list: "/layers", at: block[0].start });
      const to = add(/** @type {Car} */ (block.at(-1)), block);
      links.push({ from: to - 1, to, kind: "bundle", path: "" });
    }
  }
  gaps.push({ index: columns.length, x: 0, list: "/layers", at: train.cars.at(-1)?.end ?? 0 });
  link(train.output, add(train.output));
  return { columns, links, frames, gaps };
}

/** Cars in the groups in which they fold: each for itself while there is room.
 * @param {Car[]} cars @returns {Car[][]} */
export function blocks(cars) {
  if (cars.length + 2 <= MOST_COLUMNS) return cars.map((car) => [car]);
  const middle = cars.slice(1, -1);
  const size = Math.max(3, Math.ceil(middle.length / 4));
  const groups = [];
  for (let at = 0; at < middle.length; at += size) groups.push(middle.slice(at, at + size));
  return [[cars[0]], ...groups, [cars[cars.length - 1]]];
}

/** @param {Car[]} block @returns {string} */
export function keyOf(block) {
  return `${block[0].path} ${block.length}`;
}

/** @param {Car[]} cars @returns {number} */
function columnsNeeded(cars) {
  return cars.reduce((sum, car) => sum + 1 + columnsNeeded(car.inner), 0);
}

/** @param {Car} car @returns {number} */
function innerEnd(car) {
  return car.inner.at(-1)?.end ?? 0;
}

/** @param {Car} car @param {Car[]} cars @returns {Column} */
function columnOf(car, cars) {
  const units = numbersOf(car.shape) ?? 0;
  const picture = car.shape?.sizes.length === 3;
  /** @type {Style} */
  let style = "tiles";
  if (cars.length > 1) style = "stack";
  else if (units === 0 || (car.role === "output" && !car.path)) style = "none";
  else if (picture) style = car.role === "input" ? "picture" : "none";
  else if (car.layers[0]?.kind === "flatten" && units > 16) style = "strip";
  const shown = style === "tiles" ? shownOf(units) : [];
  const key = cars.length > 1 ? keyOf(cars) : car.path || car.role;
  const blank = { x: 0, left: 0, card: 0, size: 0, tops: [], top: 0, height: 0, width: 0 };
  return { key, car, cars, style, units, shown, ...blank };
}

/** @param {Column} from @param {Column} to @param {number} index @param {Car} car @returns {Link} */
function linkOf(from, to, index, car) {
  const weighted = car.layers[0]?.kind === "linear";
  const drawable = (/** @type {Column} */ column) => column.style === "tiles" || column.style === "strip";
  if (!drawable(from) || !drawable(to)) return { from: index - 1, to: index, kind: "bundle", path: "" };
  return { from: index - 1, to: index, kind: weighted ? "weights" : "same", path: car.path };
}
