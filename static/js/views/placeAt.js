/** The place of a sequence that the pointer is at, one for every strip and map; null where it is at none. Beside it the
 * unit of a layer that was pointed at last, by which text is coloured. */

import { signal } from "@preact/signals";

/** @typedef {{unit: number, path: string}} UnitAt */

export const placeAt = signal(/** @type {number | null} */ (null));
export const unitAt = signal(/** @type {UnitAt} */ ({ unit: 0, path: "" }));

/** Points at a place of a unit. @param {number} place @param {UnitAt} unit */
export function pointAt(place, { unit, path }) {
  placeAt.value = place;
  const now = unitAt.peek();
  if (now.unit !== unit || now.path !== path) unitAt.value = { unit, path };
}

/** Points at nothing; the unit stays. */
export function pointAway() {
  placeAt.value = null;
}

/** Which of so many equal parts lies under the pointer. @param {number} from @param {number} whole @param {number} count */
export const partUnder = (from, whole, count) => Math.max(0, Math.min(count - 1, Math.floor((from / whole) * count)));
