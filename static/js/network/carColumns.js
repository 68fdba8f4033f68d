/** The columns of the diagram: which cars stand unfolded, what feeds what, where a car can be coupled in. Pure. */

import { sizesOf, isImage, channelled } from "../api/shapes.js";
import { weighs } from "./cars.js";
import { blocks, keyOf, planOf } from "./folding.js";

/** @typedef {import("./cars.js").Car} Car */
/** @typedef {import("./layout.js").Column} Column */
/** @typedef {import("./layout.js").Link} Link */
/** @typedef {import("./layout.js").Frame} Frame */
/** @typedef {import("./layout.js").Gap} Gap */
/** A row of columns, some of them forks. @typedef {{list: string, items: (number | Fork)[], last: number}} Lane */
/** Lanes side by side that begin behind one column and end in another. @typedef {{lanes: Lane[], join: number}} Fork */
/** @typedef {{columns: Column[], links: Link[], frames: Frame[], gaps: Gap[], lane: Lane}} Coupled */

const MOST_CELLS = 128; // of a strip whose wires are drawn one by one

/** @param {import("./cars.js").Train} train @param {ReadonlySet<string>} open @param {number} [most] columns,
 * but for what is unfolded @returns {Coupled} */
export function columnsOf(train, open, most) {
  /** @type {Coupled} */
  const all = { columns: [], links: [], frames: [], gaps: [], lane: { list: train.list, items: [], last: 0 } };
  const plan = planOf(train.cars, most);
  const unfolded = (/** @type {Car} */ car) =>
    car.role === "container" && !open.has(`-${car.path}`) && (open.has(car.path) || plan.has(car.path));

  /** One column more, reached through the gaps in `entered`.
   * @param {Car} car @param {number[]} feeds @param {Gap[]} entered @param {import("./folding.js").Block | null} block */
  const add = (car, feeds, entered, block = null) => {
    const index = all.columns.push(columnOf(car, block, feeds)) - 1;
    for (const gap of entered) if (gap.before < 0) gap.before = index;
    return index;
  };
  /** @param {string} list @param {number} at @param {number} after @param {number} level @returns {Gap} */
  const gapAt = (list, at, after, level) => {
    const gap = { list, at, after, before: -1, level, of: 1, x: 0, y: 0, compact: false };
    all.gaps.push(gap);
    return gap;
  };
  /** @param {Car} car @param {Lane} lane @param {Gap[]} entered */
  const addCar = (car, lane, entered) => {
    const before = [...entered, gapAt(car.list, car.start, lane.last, entered.length)];
    const feed = lane.last;
    if (!unfolded(car)) {
      lane.last = add(car, [feed], before);
      if (car.carries.length > 0 && open.has(car.path)) unroll(all.columns[lane.last]);
      lane.items.push(lane.last);
      link(all, feed, lane.last, car);
      return;
    }
    const from = all.columns.length;
    const lanes = car.tracks.map((track) => addLane(track.list, track.cars, feed, before));
    const ends = lanes.map((inner) => inner.last);
    const join = add(car, car.around ? [...ends, feed] : ends, before);
    for (const gap of all.gaps) if (gap.before < 0 && ends.includes(gap.after)) gap.before = join;
    let offset = car.around ? (sizesOf(car.takes)[0] ?? 0) : 0; // what goes around comes first
    lanes.forEach((inner, at) => {
      const made = link(all, inner.last, join, car, car.join === "concat" ? offset : 0);
      if (inner.last === feed && !car.around) made.lane = inner.list;
      offset += sizesOf(car.tracks[at].cars.at(-1)?.shape ?? car.takes)[0] ?? 0;
    });
    const frame = { key: car.path, from, to: join, split: feed, lanes: lanes.length, count: car.inner.length };
    all.frames.push({ ...frame, kind: "container", level: before.length - 1, gap: before[before.length - 1], ...FLAT });
    lane.items.push({ lanes, join });
    lane.last = join;
  };
  /** @param {string} list @param {Car[]} cars @param {number} feed @param {Gap[]} entered */
  const addLane = (list, cars, feed, entered) => {
    /** @type {Lane} */
    const lane = { list, items: [], last: feed };
    for (const block of blocks(cars, most)) addBlock(block, lane, lane.last === feed ? entered : []);
    gapAt(list, cars.at(-1)?.end ?? 0, lane.last, lane.last === feed ? entered.length : 0);
    return lane;
  };
  /** @param {import("./folding.js").Block} block @param {Lane} lane @param {Gap[]} entered */
  const addBlock = (block, lane, entered) => {
    const [first] = block.cars;
    if (block.cars.length === 1) return addCar(first, lane, entered);
    const key = keyOf(block);
    if (open.has(key)) {
      const [from, split] = [all.columns.length, lane.last];
      block.cars.forEach((car, at) => addCar(car, lane, at === 0 ? entered : []));
      const frame = { key, from, to: all.columns.length - 1, split, lanes: 1, count: block.cars.length };
      all.frames.push({ ...frame, kind: "fold", level: 0, gap: null, ...FLAT });
      return;
    }
    const feed = lane.last;
    const gap = gapAt(first.list, first.start, feed, entered.length);
    lane.last = add(/** @type {Car} */ (block.cars.at(-1)), [feed], [...entered, gap], block);
    lane.items.push(lane.last);
    all.links.push({ from: feed, to: lane.last, kind: "bundle", path: "", offset: 0 });
  };

  add(train.input, [], []);
  all.lane.items.push(0);
  for (const block of blocks(train.cars, most)) addBlock(block, all.lane, []);
  const last = all.lane.last;
  const end = gapAt(train.list, train.cars.at(-1)?.end ?? 0, last, 0);
  const output = add(train.output, [last], [end]);
  all.lane.items.push(output);
  link(all, last, output, train.output);
  for (const gap of all.gaps) {
    const beside = all.gaps.filter((other) => other.after === gap.after && other.before === gap.before);
    gap.of = 1 + Math.max(...beside.map((other) => other.level));
  }
  return all;
}

const FLAT = { left: 0, right: 0, top: 0, bottom: 0 };

/** @param {Coupled} all @param {number} from @param {number} to @param {Car} car @param {number} [offset] of the units
 * @returns {Link} */
function link(all, from, to, car, offset = 0) {
  const [start, end] = [all.columns[from], all.columns[to]];
  const drawable = (/** @type {Column} */ { style, units }) =>
    style === "tiles" || (style === "strip" && units <= MOST_CELLS);
  /** @type {Link["kind"]} */
  let kind = "bundle";
  if (drawable(start) && drawable(end)) {
    if (weighs(car)) kind = "weights";
    else if (car.role === "container" ? start.units + offset <= end.units : start.units === end.units) kind = "same";
  }
  const made = { from, to, kind, path: kind === "bundle" ? "" : car.path, offset };
  all.links.push(made);
  return made;
}

/** Makes a column one of time steps. @param {Column} column */
function unroll(column) {
  column.style = "unrolled";
  column.shown = [];
}

/** @param {Car} car @param {import("./folding.js").Block | null} block @param {number[]} feeds @returns {Column} */
function columnOf(car, block, feeds) {
  const units = car.units ?? 0;
  const many = channelled(car.shape);
  /** @type {import("./layout.js").Style} */
  let style = "tiles";
  if (block) style = "stack";
  else if (units === 0 || (car.role === "output" && !car.path)) style = "none";
  else if (many) style = car.role === "input" && isImage(car.shape) ? "picture" : "planes";
  else if (car.rule?.reads === "order" && units > 16) style = "strip";
  const key = block ? keyOf(block) : car.path || car.role;
  const shown = style === "tiles" || style === "planes" ? car.shown : [];
  const place = { rank: 0, x: 0, left: 0, card: 0, cardTop: 0, compact: false, named: false, bottom: 0 };
  const body = { size: 0, wide: 0, tall: 0, lefts: [], tops: [], top: 0, height: 0, width: 0 };
  const { cars, times } = block ?? { cars: [], times: 1 };
  return { key, car, cars, times, style, units, shown, feeds: [...new Set(feeds)], ...place, ...body };
}
