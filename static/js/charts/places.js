/** Where steps stand on the scrubber, and which one a place means. Pure. */

/**
 * Place of a value on an axis: 0 at its left end, 1 at its right; beyond where it is not in view.
 * @param {number} value
 * @param {{from: number, to: number, log: boolean}} axis
 */
export function placeOf(value, { from, to, log }) {
  if (!log) return (value - from) / Math.max(to - from, 1e-12);
  if (value <= 0) return 0; // the start, which a logarithmic axis does not have, stands at its left end
  return Math.log(value / from) / Math.max(Math.log(to / from), 1e-12);
}

/**
 * The kept step nearest to a place; null where the present is nearer.
 * @param {number[]} steps
 * @param {(step: number) => number} place
 * @param {number} wanted
 * @param {number} now place of the present
 * @returns {number | null}
 */
export function nearestStep(steps, place, wanted, now) {
  let best = null;
  let distance = Math.abs(now - wanted);
  for (const step of steps) {
    const away = Math.abs(place(step) - wanted);
    if (away < distance) [best, distance] = [step, away];
  }
  return best;
}
