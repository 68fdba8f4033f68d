/** What moving, doubling and removing a car mean for the document: lists of JSON Patch edits. Pure. */

/** @typedef {import("./cars.js").Car} Car */
/** @typedef {import("./cars.js").LayerDocument} LayerDocument */
/** @typedef {{op: "add" | "remove" | "replace", path: string, value?: unknown}} Edit */

/** @param {Car} car @returns {Edit[]} */
export function removal(car) {
  return range(car).map(() => ({ op: /** @type {const} */ ("remove"), path: `${car.list}/${car.start}` }));
}

/** The same car once more, right behind itself.
 * @param {Car} car @param {LayerDocument[]} layers the list it stands in @returns {Edit[]} */
export function doubling(car, layers) {
  return added(car, layers, car.list, car.end);
}

/** The car taken out and coupled in again so that it stands in front of what was layer `to` of `list`; of its own where
 * none is named.
 * @param {Car} car @param {LayerDocument[]} layers the list it stands in @param {number} to @param {string} [list]
 * @returns {Edit[]} */
export function moving(car, layers, to, list = car.list) {
  if (holds(car, list)) return [];
  const count = car.end - car.start;
  if (list === car.list) {
    if (to >= car.start && to <= car.end) return [];
    return [...removal(car), ...added(car, layers, list, to > car.start ? to - count : to)];
  }
  const own = shifted(car.list, list, to, count); // its own list may lie behind what was coupled in
  return [...added(car, layers, list, to), ...removal({ ...car, list: own })];
}

/** Whether a list lies inside a car.
 * @param {Car} car @param {string} list */
export function holds(car, list) {
  return range(car).some((index) => list.startsWith(`${car.list}/${index}/`));
}

/** The list of layers at an address such as `/networks/main/layers` or `/networks/main/layers/2/layers`.
 * @param {any} document @param {string} list @returns {LayerDocument[]} */
export function listAt(document, list) {
  let found = document;
  for (const key of list.split("/").slice(1)) found = found?.[key];
  return Array.isArray(found) ? found : [];
}

/** The lists of layers that a layer holds, each with its path below it.
 * @param {LayerDocument} layer @returns {{path: string, layers: LayerDocument[]}[]} */
export function listsOf(layer) {
  if (Array.isArray(layer.branches)) {
    return layer.branches.map((branch, at) => ({ path: `/branches/${at}/layers`, layers: branch?.layers ?? [] }));
  }
  return Array.isArray(layer.layers) ? [{ path: "/layers", layers: layer.layers }] : [];
}

/** @param {Car} car @param {LayerDocument[]} layers @param {string} list @param {number} at @returns {Edit[]} */
function added(car, layers, list, at) {
  return range(car).map((index, step) => ({
    op: /** @type {const} */ ("add"),
    path: `${list}/${at + step}`,
    value: structuredClone(layers[index]),
  }));
}

/** A path once `count` layers were added in front of layer `at` of `list`.
 * @param {string} path @param {string} list @param {number} at @param {number} count */
function shifted(path, list, at, count) {
  if (!path.startsWith(`${list}/`)) return path;
  const [index, ...rest] = path.slice(list.length + 1).split("/");
  return Number(index) < at ? path : [list, Number(index) + count, ...rest].join("/");
}

/** @param {Car} car @returns {number[]} */
function range(car) {
  return Array.from({ length: car.end - car.start }, (_, at) => car.start + at);
}
