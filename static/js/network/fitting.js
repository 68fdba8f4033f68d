/** Frames of an older network or of other data are not shown as if they were this one's. Pure. */

import { numbersOf } from "./sizes.js";

/** @typedef {import("./cars.js").Car} Car */
/** @typedef {import("./cars.js").Train} Train */
/** @typedef {import("../views/frames.js").Frames} Frames */

/** Along which axis of its `inputs` a frame counts what it saw: numbers, or channels. */
const COUNTED = { activations: 1, surface: 0, feature_maps: 1 };

/** The frames that were taken of a network with just these cars.
 * @param {Frames} frames @param {Train} train @returns {Frames} */
export function framesFor(frames, train) {
  const units = unitsOf([...train.cars, train.output]);
  const inputs = numbersOf(train.input.shape);
  /** @type {Frames} */
  const kept = {};
  for (const [probe, frame] of Object.entries(frames)) {
    const cars = /** @type {{path: string, units: number}[]} */ (frame?.about.cars ?? []);
    const first = cars.length > 0 ? frame?.arrays[`weight:${cars[0].path}`] : undefined;
    const taken = first && cars[0].path === firstLinear(train) ? first.shape[1] : inputs;
    const axis = COUNTED[/** @type {keyof typeof COUNTED} */ (probe)];
    const wanted = probe === "feature_maps" ? train.input.units : inputs;
    const seen = axis === undefined ? wanted : frame?.arrays.inputs?.shape[axis];
    const fits = cars.every((car) => units.get(car.path) === car.units) && taken === inputs && seen === wanted;
    if (fits) kept[probe] = frame;
  }
  return kept;
}

/** @param {Car[]} cars @returns {Map<string, number | null>} how many numbers leave each car, inner ones too */
function unitsOf(cars) {
  return new Map(cars.flatMap((car) => [[car.path, car.units], ...unitsOf(car.inner)]));
}

/** The car that takes the inputs as they are, where that is a linear one.
 * @param {Train} train @returns {string | null} */
function firstLinear({ cars, output }) {
  const first = cars[0] ?? output;
  return first.layers[0]?.kind === "linear" ? first.path : null;
}
