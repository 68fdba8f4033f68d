/** The settings that an atlas can span, as far as the document has them, and the values of each. Pure. */

import { partOf } from "../api/parts.js";
import { valueAt } from "./patch.js";

/** @typedef {{path: string, low: number, high: number, scale: "linear" | "log", count: number}} Axis */

const COUNT = 24;

/** @param {any} document @returns {Axis[]} */
export function axesOf(document) {
  /** @type {[string, number, number, "linear" | "log"][]} */
  const all = [
    ["/optimizer/lr", 1e-4, 1, "log"],
    ["/dataset/noise", 0, 0.5, "linear"],
    ["/training/batch_size", 1, 64, "log"],
    ["/training/regularization/l2", 1e-5, 0.3, "log"],
    ["/training/regularization/l1", 1e-5, 0.1, "log"],
    ["/optimizer/momentum", 0, 0.98, "linear"],
    ["/dataset/samples", 40, 400, "linear"],
    ...firstNeurons(document).map(
      (path) => /** @type {[string, number, number, "linear"]} */ ([path, 1, 24, "linear"]),
    ),
    ["/seed", 0, 23, "linear"],
  ];
  return all
    .filter(([path]) => isThere(document, path))
    .map(([path, low, high, scale]) => ({ path, low, high, scale, count: COUNT }));
}

/** Where the width of the first layer of each network that has one stands. @param {any} document @returns {string[]} */
function firstNeurons(document) {
  return Object.entries(document.networks ?? {}).flatMap(([name, network]) => {
    const layers = /** @type {{units?: number}[]} */ (network.layers ?? []);
    const first = layers.findIndex((layer) => layer.units !== undefined);
    return first < 0 ? [] : [`/networks/${name}/layers/${first}/units`];
  });
}

/** What a short document leaves out has its default; of data only what is written is known to be there.
 * @param {any} document @param {string} path */
function isThere(document, path) {
  if (path === "/optimizer/momentum") return "momentum" in (partOf("optimizers", document.optimizer?.kind)?.schema.properties ?? {}); // prettier-ignore
  if (path.startsWith("/dataset/")) return typeof valueAt(document, path) === "number";
  return true;
}

/** Where a value lies among the ascending values of an axis, from 0 to their number − 1; null beyond their ends.
 * @param {number[]} values @param {number | undefined} value */
export function placeOf(values, value) {
  const last = values.length - 1;
  if (value === undefined || !(value >= values[0] && value <= values[last])) return null;
  const at = Math.max(
    values.findIndex((tick) => tick >= value),
    1,
  );
  const [before, after] = [values[at - 1], values[at]];
  return at - 1 + (value - before) / (after - before);
}

/** The cell of a grid, from the lower left, in which a place of the screen lies; beyond its edge the nearest.
 * @param {{clientX: number, clientY: number}} place @param {{left: number, top: number, width: number, height: number}} box of the grid
 * @param {number} columns @param {number} rows @returns {[number, number]} */
export function cellAt({ clientX, clientY }, { left, top, width, height }, columns, rows) {
  return [within((clientX - left) / width, columns), within(1 - (clientY - top) / height, rows)];
}

/** @param {number} share of all @param {number} count */
const within = (share, count) => clamped(Math.floor(share * count), count);

/** @param {number} number @param {number} count */
const clamped = (number, count) => Math.min(Math.max(number, 0), count - 1);

const STEPS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
});

/** The cell that a key leads to; null where it leads nowhere. @param {string} key @param {[number, number]} from
 * @param {number} columns @param {number} rows @returns {[number, number] | null} */
export function cellAfter(key, [i, j], columns, rows) {
  const step = STEPS[key];
  return step ? [clamped(i + step[0], columns), clamped(j + step[1], rows)] : null;
}

/** For each cell of a grid the value of the nearest cell that has one: what is coarse becomes finer as they come.
 * @template T @param {(T | undefined)[]} cells row by row @param {number} columns @returns {(T | undefined)[]} */
export function filledIn(cells, columns) {
  const known = cells.flatMap((value, at) => (value === undefined ? [] : [{ value, x: at % columns, y: Math.floor(at / columns) }])); // prettier-ignore
  return cells.map((value, at) => {
    if (value !== undefined) return value;
    const [x, y] = [at % columns, Math.floor(at / columns)];
    let [nearest, distance] = [/** @type {T | undefined} */ (undefined), Infinity];
    for (const cell of known) {
      const far = (cell.x - x) ** 2 + (cell.y - y) ** 2;
      if (far < distance) [nearest, distance] = [cell.value, far];
    }
    return nearest;
  });
}
