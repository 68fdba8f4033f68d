/** Frames of an older network or of other data are not shown as if they were this one's. Pure. */

import { numbersOf } from "../api/shapes.js";
import { VIEWS } from "../views/index.js";
import { networkOf } from "../views/paths.js";
import { weighs } from "./cars.js";

/** @typedef {import("./cars.js").Car} Car */
/** @typedef {import("./cars.js").Train} Train */
/** @typedef {import("../views/newestFrames.js").Frames} Frames */

const DRAWN = VIEWS.filter(({ place }) => place === "network");
const COUNTED = new Map(DRAWN.map((view) => [view.as, view.counted]));

/** The frames that the diagram draws, by what they are to it.
 * @param {import("../views/newestFrames.js").FrameSource} frames by probe @returns {import("../views/newestFrames.js").FrameSource} */
export const drawnIn = (frames) => Object.fromEntries(DRAWN.map(({ as, probe }) => [as, frames[probe]]));

/** The frames that were taken of a network with just these cars.
 * @param {Frames} frames @param {Train} train @returns {Frames} */
export function framesFor(frames, train) {
  const units = unitsOf([...train.cars, train.output]);
  const inputs = numbersOf(train.input.shape);
  /** @type {Frames} */
  const kept = {};
  for (const [as, frame] of Object.entries(frames)) {
    const all = /** @type {{path: string, units: number}[]} */ (frame?.about.cars ?? []);
    const cars = all.filter(({ path }) => networkOf(path) === networkOf(train.list));
    const first = cars.length > 0 ? frame?.arrays[`weight:${cars[0].path}`] : undefined;
    const taken = first && cars[0].path === firstWeighing(train) ? first.shape[1] : inputs;
    const counted = COUNTED.get(/** @type {any} */ (as));
    const wanted = counted?.of === "channels" ? train.input.units : inputs;
    const arrived = frame?.arrays.inputs; // none where a network is fed with what this probe does not show
    const seen = counted && (arrived || !frame) ? arrived?.shape[counted.axis] : wanted;
    const fits = cars.every((car) => units.get(car.path) === car.units) && taken === inputs && seen === wanted;
    if (fits) kept[as] = frame;
  }
  return kept;
}

/** @param {Car[]} cars @returns {Map<string, number | null>} how many numbers leave each car, inner ones too */
function unitsOf(cars) {
  return new Map(cars.flatMap((car) => [[car.path, car.units], ...unitsOf(car.inner)]));
}

/** The car that takes the inputs as they are, where it has a weight for each of them.
 * @param {Train} train @returns {string | null} */
function firstWeighing({ cars, output }) {
  const first = cars[0] ?? output;
  return weighs(first) ? first.path : null;
}
