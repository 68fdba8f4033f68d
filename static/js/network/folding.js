/** What is folded and unfolded in the diagram: deep networks fold into blocks that say what they repeat. Pure. */

import { written } from "../api/shapes.js";
/** @typedef {import("./cars.js").Car} Car */
/** Cars that fold into one column; `times` says how often the same comes again. @typedef {{cars: Car[], times: number}} Block */

/** So many columns there are, unless they are to fit a narrower window. */
const MOST_COLUMNS = 12;
const LEAST_COLUMNS = 4; // input, two blocks, output
const [CARD, SPACE] = [100, 46]; // pixels, at the usual size of text, where cars stand closest
const MOST_CARS = 8; // of a block, where there is room for several
const MOST_PERIOD = 6;

/** How many layers there are, with those that blocks hold. @param {Car[]} cars @returns {number} */
export const layersIn = (cars) => cars.reduce((sum, car) => sum + Math.max(1, layersIn(car.inner)), 0);

/** How many columns are seen at once. @param {number} width pixels @param {number} scale of text */
export function columnsIn(width, scale) {
  return Math.min(MOST_COLUMNS, Math.max(LEAST_COLUMNS, Math.floor((width / scale + SPACE) / (CARD + SPACE))));
}

/** Cars in the groups in which they fold: each for itself while there is room, else what repeats together.
 * @param {Car[]} cars @param {number} [most] columns @returns {Block[]} */
export function blocks(cars, most = MOST_COLUMNS) {
  const room = most - 2;
  if (cars.length <= room) return cars.map((car) => ({ cars: [car], times: 1 }));
  for (const sign of [fullSign, kindSign]) {
    const found = runsOf(cars, cars.map(sign));
    if (found.length <= room) return divided(spread(found, room), room);
  }
  const size = Math.ceil(cars.length / (room / 2));
  return Array.from({ length: Math.ceil(cars.length / size) }, (_, at) => ({
    cars: cars.slice(at * size, (at + 1) * size),
    times: 1,
  }));
}

/** @param {Block} block @returns {string} */
export function keyOf(block) {
  return `${block.cars[0].path} ${block.cars.length}`;
}

/** The containers that stand unfolded by themselves: the outer ones first, as long as there is room.
 * @param {Car[]} cars @param {number} [most] columns @returns {ReadonlySet<string>} their paths */
export function planOf(cars, most = MOST_COLUMNS) {
  const plan = new Set(/** @type {string[]} */ ([]));
  const shown = blocks(cars, most);
  let count = shown.length + 2;
  let level = shown.flatMap((block) => (block.cars.length === 1 ? block.cars : []));
  while (level.length > 0) {
    const inner = [];
    for (const car of level) {
      if (car.role !== "container") continue;
      const needed = Math.max(0, ...car.tracks.map((track) => track.cars.length));
      if (count + needed > most) continue;
      count += needed;
      plan.add(car.path);
      inner.push(...car.inner);
    }
    level = inner;
  }
  return plan;
}

/** @param {ReadonlySet<string>} open @param {string} key @param {import("./layout.js").Layout} layout */
export function toggled(open, key, layout) {
  const next = new Set(open);
  const shownNow = [...layout.frames, ...layout.columns.filter(isUnrolled)].some((shown) => shown.key === key);
  next.delete(key);
  next.delete(`-${key}`);
  next.add(shownNow ? `-${key}` : key);
  return next;
}

/** Whether a column shows time steps. @param {import("./layout.js").Column} column */
export const isUnrolled = ({ style }) => style === "unrolled";

/** What can be opened or closed in a column: folded cars, cars within a car, time steps; null where nothing can.
 * @param {import("./layout.js").Layout} layout @param {import("./layout.js").Column} column
 * @returns {{key: string, what: "cars" | "inner" | "steps", open: boolean} | null} */
export function foldOf(layout, column) {
  const { car, key } = column;
  if (column.style === "stack") return { key, what: "cars", open: false };
  if (car.role === "container") return { key: car.path, what: "inner", open: unfolded(layout, car) };
  return car.carries.length > 0 ? { key: car.path, what: "steps", open: isUnrolled(column) } : null;
}

/** @param {import("./layout.js").Layout} layout @param {Car} car */
export function unfolded(layout, car) {
  return car.role !== "container" || layout.frames.some((frame) => frame.key === car.path);
}

/** The stretches in which the same signs come again, and what stands between them.
 * @param {Car[]} cars @param {string[]} signs @returns {Block[]} */
function runsOf(cars, signs) {
  const found = [];
  for (let at = 0; at < cars.length;) {
    let [period, times] = [1, 1];
    for (let length = 1; length <= MOST_PERIOD; length++) {
      let count = 1;
      while (repeats(signs, at, length, count)) count++;
      if (count > 1 && length * count > period * times) [period, times] = [length, count];
    }
    found.push({ cars: cars.slice(at, at + period * times), times });
    at += period * times;
  }
  return found;
}

/** Whether the `length` signs from `at` on stand there once more, `count` times later.
 * @param {string[]} signs @param {number} at @param {number} length @param {number} count */
function repeats(signs, at, length, count) {
  const next = at + length * count;
  if (next + length > signs.length) return false;
  for (let step = 0; step < length; step++) if (signs[next + step] !== signs[at + step]) return false;
  return true;
}

/** The first blocks as single cars, as long as there is room for them.
 * @param {Block[]} found @param {number} room columns @returns {Block[]} */
function spread(found, room) {
  let left = room - found.length;
  return found.flatMap((block) => {
    if (block.cars.length - 1 > left) return [block];
    left -= block.cars.length - 1;
    return block.cars.map((car) => ({ cars: [car], times: 1 }));
  });
}

/** Long blocks in several, as far as there is room for them.
 * @param {Block[]} found @param {number} room columns @returns {Block[]} */
function divided(found, room) {
  let left = room - found.length;
  return found.flatMap((block) => {
    const pieces = Math.min(Math.ceil(block.cars.length / MOST_CARS), left + 1, block.times);
    left -= pieces - 1;
    const period = block.cars.length / block.times;
    return Array.from({ length: pieces }, (_, piece) => {
      const [from, to] = [piece, piece + 1].map((at) => Math.round((at * block.times) / pieces));
      return { cars: block.cars.slice(from * period, to * period), times: to - from };
    });
  });
}

/** @param {Car} car @returns {string} */
function kindSign(car) {
  return `${car.layers.map((layer) => layer.kind).join()}(${car.tracks.map((track) => track.cars.map(kindSign).join()).join("|")})`;
}

/** @param {Car} car @returns {string} */
function fullSign(car) {
  return `${kindSign(car)} ${written(car.shape, ",")}`;
}
