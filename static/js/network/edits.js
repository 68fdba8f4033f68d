/** What moving, doubling and removing a car mean for the document: lists of JSON Patch edits. Pure. */

import { placeOf } from "./cars.js";

/** @typedef {import("./cars.js").Car} Car */
/** @typedef {import("./cars.js").LayerDocument} LayerDocument */
/** @typedef {{op: "add" | "remove" | "replace", path: string, value?: unknown}} Edit */

/** @param {Car} car @returns {Edit[]} */
export function removal(car) {
  return range(car).map(() => ({ op: /** @type {const} */ ("remove"), path: placeOf(`${car.list}/${car.start}`) }));
}

/** The same car once more, right behind itself.
 * @param {Car} car @param {LayerDocument[]} layers the list it stands in @returns {Edit[]} */
export function doubling(car, layers) {
  return range(car).map((index, at) => ({
    op: /** @type {const} */ ("add"),
    path: placeOf(`${car.list}/${car.end + at}`),
    value: structuredClone(layers[index]),
  }));
}

/** The car taken out and coupled in again so that it stands in front of what was layer `to` of its list.
 * @param {Car} car @param {LayerDocument[]} layers the list it stands in @param {number} to @returns {Edit[]} */
export function moving(car, layers, to) {
  if (to >= car.start && to <= car.end) return [];
  const target = to > car.start ? to - (car.end - car.start) : to;
  const added = range(car).map((index, at) => ({
    op: /** @type {const} */ ("add"),
    path: placeOf(`${car.list}/${target + at}`),
    value: structuredClone(layers[index]),
  }));
  return [...removal(car), ...added];
}

/** The list of layers that a path such as `/layers` or `/layers/2/layers` means.
 * @param {{layers?: LayerDocument[]}} network @param {string} list @returns {LayerDocument[]} */
export function listAt(network, list) {
  /** @type {any} */
  let found = network;
  for (const key of list.split("/").slice(1)) found = found?.[key];
  return Array.isArray(found) ? found : [];
}

/** @param {Car} car @returns {number[]} */
function range(car) {
  return Array.from({ length: car.end - car.start }, (_, at) => car.start + at);
}
