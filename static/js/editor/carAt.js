/** Finds a car by its place in the document. */

import { bare, trainOf } from "../network/cars.js";
import { report } from "./checking.js";
import { experiment } from "./document.js";
import { families } from "./parts.js";

/** @typedef {import("../network/cars.js").Car} Car */

/** The car at a place of the document, and the cars it stands among. @param {string} place @returns {{car: Car, among: Car[]} | null} */
export function carAt(place) {
  const network = experiment.value.networks?.main ?? {};
  const train = trainOf(
    network,
    report.value?.networks?.main ?? [],
    /** @type {any} */ (families.value.layers ?? []),
    null,
  );
  const search = (/** @type {Car[]} */ cars) => {
    for (const car of cars) {
      if (car.path === bare(place)) return { car, among: cars };
      const inner = /** @type {{car: Car, among: Car[]} | null} */ (search(car.inner));
      if (inner) return inner;
    }
    return null;
  };
  return search(train.cars);
}
