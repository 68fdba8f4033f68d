/** What arrives at a place of the network, as the checker's report tells it. */

import { networkOf } from "../views/paths.js";
import { report, told } from "./checking.js";
import { splitPlace } from "./offers.js";

/** @typedef {import("../network/cars.js").Shape} Shape */

/** The shape that arrives where a layer is to be put, or null where that is not known.
 * @param {string} place @returns {Shape | null} */
export function arriving(place) {
  const entries = told.value[networkOf(place)] ?? [];
  const { list, at } = splitPlace(place);
  const entryAt = (/** @type {string} */ path) => entries.find((entry) => entry.place === path);
  if (at > 0) return entryAt(`${list}/${at - 1}`)?.shape ?? null;
  const first = entryAt(`${list}/0`)?.takes ?? null;
  if (list === `/networks/${networkOf(place)}/layers`) return first ?? report.value?.data?.shape ?? null;
  const container = list.replace(/\/(branches\/\d+\/)?layers$/, "");
  return entryAt(container)?.takes ?? first;
}
