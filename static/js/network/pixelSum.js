/** Where one number of a feature map comes from, with the numbers of one sample. Pure. */

import { sizesOf, sidesOf } from "../api/shapes.js";
import { graininess, mapOf, valueAt } from "./maps.js";
import { cellsOf, copiedFrom, windowOf } from "./provenance.js";
import { kernelFor } from "./ribbons.js";
import { numbersIn, stepRows } from "./steps.js";

/** @typedef {import("./maps.js").FeatureMap} FeatureMap */
/** @typedef {{row: number, column: number, u: number, v: number, inside: boolean, value: number, weight: number, share: number}} Seen */
/** What one channel gives: `column` and `unit` say which, `cells` lie under the window, `sum` is what it adds.
 * @typedef {{column: number, unit: number, map: FeatureMap, cells: Seen[], sum: number}} Part */
/**
 * `weighted`: windows times kernels; `max` and `mean` of one window; `copied` from another place; `added` and `same`: numbers of the same place;
 * `stepped`: it takes several `steps`; `reduced`: the frame has smaller maps than the network; `unknown`: only the answer is known. `z` is null where channels
 * are missing; `error` is how far it may be off because maps are kept in 256 steps.
 * @typedef {{kind: "weighted" | "max" | "mean" | "copied" | "added" | "same" | "stepped" | "reduced" | "unknown", parts: Part[], steps?: import("./steps.js").StepRow[], missing: number,
 *   bias: number | null, z: number | null, a: number, error: number, factor: number}} PixelSum
 */

/** @param {import("../live/frameFormat.js").Frame | undefined} frame @param {import("./layout.js").Layout} layout
 * @param {import("./wires.js").Neuron} place @param {number} sample @param {{row: number, column: number}} pixel
 * @returns {PixelSum | null} */
export function pixelSum(frame, layout, place, sample, pixel) {
  const own = layout.columns[place.column];
  const { car } = own;
  const map = mapOf(frame, car.path, place.unit, sample);
  if (!map || !car.shape || pixel.row >= map.height || pixel.column >= map.width) return null;
  const a = valueAt(map, pixel.row, pixel.column);
  /** @type {PixelSum} */
  const plain = { kind: "unknown", parts: [], missing: 0, bias: null, z: null, a, error: graininess(map), factor: 1 };
  const factor = sidesOf(car.shape)[1] / map.width;
  if (factor !== 1) return { ...plain, kind: "reduced", factor: Math.ceil(factor) };
  if (car.role === "container") return joined(frame, layout, place, sample, pixel, plain);
  const [feed] = own.feeds;
  const from = layout.columns[feed];
  const whole = (/** @type {number} */ unit) => wholeMap(frame, layout, feed, unit, sample);
  if (car.rule?.steps) {
    const before = whole(place.unit);
    const alike = before && before.height === map.height && before.width === map.width;
    const arriving = alike ? valueAt(before, pixel.row, pixel.column) : null;
    const leaving = car.layers.length === 1 ? a : null;
    const numbers = numbersIn(frame, car.path, place.unit, sample, pixel, { arriving, leaving });
    return { ...plain, kind: "stepped", steps: stepRows(car.rule.steps, numbers) };
  }
  const arriving = from.car.shape ? sidesOf(from.car.shape) : null;
  const kernel = kernelFor(layout, frame, place);
  const leaving = sidesOf(car.shape);
  const rule = arriving && windowOf(car, arriving, leaving);
  if (kernel && rule?.makes === "dot") {
    const cells = cellsOf(rule, pixel.row, pixel.column);
    const parts = kernel.channels.flatMap((unit, at) => {
      const arrived = whole(unit);
      const weights = kernel.data.subarray(kernel.start + at * kernel.height * kernel.width);
      return arrived ? [partOf(feed, unit, arrived, cells, (cell) => weights[cell.u * kernel.width + cell.v])] : [];
    });
    const total = (sizesOf(car.takes)[0] ?? from.units) / (car.rule?.groups ?? 1);
    const bias = kernel.biased ? kernel.bias : null;
    const missing = Math.max(0, total - parts.length);
    const z = missing > 0 ? null : parts.reduce((sum, part) => sum + part.sum, bias ?? 0);
    return { ...plain, kind: "weighted", parts, missing, bias, z, error: errorOf(parts) };
  }
  const moved = movedFrom(car, place.unit, pixel, from.car.shape);
  if (moved) {
    const source = whole(moved.unit);
    return source
      ? { ...plain, kind: "copied", parts: [partOf(feed, moved.unit, source, [moved.cell], () => 1)] }
      : plain;
  }
  const arrived = from.units === own.units ? whole(place.unit) : null;
  if (!arrived) return plain;
  if (rule) {
    const cells = cellsOf(rule, pixel.row, pixel.column);
    if (rule.makes === "blend") {
      const part = partOf(feed, place.unit, arrived, cells, (cell) => cell.share);
      return { ...plain, kind: "weighted", parts: [part], z: part.sum, error: errorOf([part]) };
    }
    const part = partOf(feed, place.unit, arrived, cells, () => 1);
    if (rule.makes === "copy") return { ...plain, kind: "copied", parts: [part] };
    return pooled(part, plain, rule.makes === "max");
  }
  if (arrived.height !== map.height || arrived.width !== map.width) return plain;
  const part = partOf(feed, place.unit, arrived, [{ ...pixel, u: 0, v: 0, inside: true, share: 1 }], () => 1);
  return { ...plain, kind: "same", parts: [part] };
}

/** Where the number of a pixel stood before numbers changed their places: in which channel, and where there.
 * @param {import("./cars.js").Car} car @param {number} unit @param {{row: number, column: number}} pixel
 * @param {import("../api/shapes.js").Shape | null} arriving */
function movedFrom(car, unit, pixel, arriving) {
  const leaving = sizesOf(car.shape);
  const place = leaving.length === 3 ? [unit, pixel.row, pixel.column] : [unit, pixel.column];
  const found = car.rule && copiedFrom(car.rule, sizesOf(arriving), leaving, place);
  if (!found || found.length < 2) return null;
  const [row, column] = found.length === 3 ? found.slice(1) : [0, found[1]];
  return { unit: found[0], cell: { row, column, u: 0, v: 0, inside: true, share: 1 } };
}

/** @param {Part} part @param {PixelSum} plain @param {boolean} most @returns {PixelSum} */
function pooled(part, plain, most) {
  const values = part.cells.map((cell) => cell.value);
  const error = graininess(part.map);
  if (!most) return { ...plain, kind: "mean", parts: [part], z: part.sum / values.length, error };
  const inside = part.cells.filter((cell) => cell.inside).map((cell) => cell.value); // padding never wins
  return { ...plain, kind: "max", parts: [part], z: Math.max(...inside), error };
}

/** What a block makes of its tracks and of its input.
 * @param {import("../live/frameFormat.js").Frame | undefined} frame @param {import("./layout.js").Layout} layout
 * @param {import("./wires.js").Neuron} place @param {number} sample @param {{row: number, column: number}} pixel
 * @param {PixelSum} plain @returns {PixelSum} */
function joined(frame, layout, place, sample, pixel, plain) {
  const { car, feeds } = layout.columns[place.column];
  if (!layout.frames.some((shown) => shown.key === car.path)) return plain;
  const cell = [{ ...pixel, u: 0, v: 0, inside: true, share: 1 }];
  const offsets = new Map(
    layout.links.filter((link) => link.to === place.column).map((link) => [link.from, link.offset]),
  );
  const parts = feeds.flatMap((feed) => {
    const unit = place.unit - (car.join === "concat" ? (offsets.get(feed) ?? 0) : 0);
    const map = unit < 0 ? null : wholeMap(frame, layout, feed, unit, sample);
    return map && map.height > pixel.row && map.width > pixel.column ? [partOf(feed, unit, map, cell, () => 1)] : [];
  });
  if (car.join === "concat") return parts.length > 0 ? { ...plain, kind: "same", parts: parts.slice(0, 1) } : plain;
  if (parts.length < feeds.length) return plain;
  const z = parts.reduce((sum, part) => sum + part.sum, 0);
  return { ...plain, kind: "added", parts, z, error: errorOf(parts) };
}

/** The map of a channel that arrives, if the frame has it in full.
 * @param {import("../live/frameFormat.js").Frame | undefined} frame @param {import("./layout.js").Layout} layout
 * @param {number} index @param {number} unit @param {number} sample */
function wholeMap(frame, layout, index, unit, sample) {
  const { car, units } = layout.columns[index];
  const map = unit < units ? mapOf(frame, car.path, unit, sample) : null;
  if (!map || !car.shape) return null;
  const [height, width] = sidesOf(car.shape);
  return map.height === height && map.width === width ? map : null;
}

/** @param {number} column @param {number} unit @param {FeatureMap} map @param {import("./provenance.js").Cell[]} cells
 * @param {(cell: import("./provenance.js").Cell) => number} weightOf @returns {Part} */
function partOf(column, unit, map, cells, weightOf) {
  const seen = cells.map((cell) => ({
    ...cell,
    value: cell.inside ? valueAt(map, cell.row, cell.column) : 0,
    weight: weightOf(cell),
  }));
  return { column, unit, map, cells: seen, sum: seen.reduce((sum, cell) => sum + cell.value * cell.weight, 0) };
}

/** @param {Part[]} parts */
function errorOf(parts) {
  return parts.reduce(
    (sum, { map, cells }) =>
      sum + graininess(map) * cells.reduce((size, cell) => size + (cell.inside ? Math.abs(cell.weight) : 0), 0),
    0,
  );
}
