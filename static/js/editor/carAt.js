/** Finds a car by its place in the document. */

import { bare, trainOf } from "../network/cars.js";
import { titleOf } from "../network/names.js";
import { nameOfPath } from "../views/paths.js";
import { report } from "./checking.js";
import { experiment } from "./document.js";
import { families } from "./parts.js";

/** @typedef {import("../network/cars.js").Car} Car */

/** The car at a place of the document, and the cars it stands among. @param {string} place @returns {{car: Car, among: Car[]} | null} */
export function carAt(place) {
  const search = (/** @type {Car[]} */ cars) => {
    for (const car of cars) {
      if (car.path === bare(place)) return { car, among: cars };
      for (const track of car.tracks) {
        const inner = /** @type {{car: Car, among: Car[]} | null} */ (search(track.cars));
        if (inner) return inner;
      }
    }
    return null;
  };
  return search(train().cars);
}

/** What the page calls the layer at a path within the network: its car, or itself where it rides in one.
 * @param {string} path @returns {string} */
export function nameOfLayer(path) {
  const { cars, output } = train();
  if (path.startsWith("/head")) return titleOf(output);
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

function train() {
  const network = experiment.value.networks?.main ?? {};
  const parts = /** @type {any} */ (families.value.layers ?? []);
  return trainOf(network, report.value?.networks?.main ?? [], parts, null);
}
