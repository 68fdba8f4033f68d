/** Finds a car by its place in the document. */

import { families, networkTitle } from "../api/parts.js";
import { trainOf } from "../network/cars.js";
import { titleOf } from "../network/names.js";
import { inHead, nameOfPath, networkOf } from "../views/paths.js";
import { told } from "./checking.js";
import { experiment } from "./document.js";

/** @typedef {import("../network/cars.js").Car} Car */

/** The car at a place of the document, and the cars it stands among. @param {string} place @returns {{car: Car, among: Car[]} | null} */
export function carAt(place) {
  const search = (/** @type {Car[]} */ cars) => {
    for (const car of cars) {
      if (car.path === place) return { car, among: cars };
      for (const track of car.tracks) {
        const inner = /** @type {{car: Car, among: Car[]} | null} */ (search(track.cars));
        if (inner) return inner;
      }
    }
    return null;
  };
  return search(train(networkOf(place)).cars);
}

/** What the page calls the layer at an address: its car, or itself where it rides in one.
 * @param {string} path @returns {string} */
export function nameOfLayer(path) {
  const several = Object.keys(experiment.value.networks ?? {}).length > 1;
  return several ? `${networkTitle(networkOf(path))} · ${nameWithin(path)}` : nameWithin(path);
}

/** @param {string} path @returns {string} */
function nameWithin(path) {
  const { cars, output } = train(networkOf(path));
  if (inHead(path)) return titleOf(output);
  const search = (/** @type {Car[]} */ among) => {
    for (const car of among) {
      const at = car.layers.findIndex((layer) => layer.path === path);
      if (at >= 0) return at === 0 ? titleOf(car) : car.layers[at].title;
      const inner = /** @type {string} */ (search(car.inner));
      if (inner) return inner;
    }
    return "";
  };
  return search(cars) || nameOfPath(path);
}

/** @param {string} name of the network */
function train(name) {
  const network = experiment.value.networks?.[name] ?? {};
  const parts = /** @type {any} */ (families.value.layers ?? []);
  return trainOf(`/networks/${name}`, network, told.value[name] ?? [], parts, null);
}
