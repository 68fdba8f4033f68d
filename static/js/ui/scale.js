/** Where a number stands on a slider, and which number a place means. Pure. */

/** @typedef {{min: number, max: number, step?: number, log?: boolean, integer?: boolean}} Range */

export const NOTCHES = 1000; // places on a slider in powers
const DECADES = 7; // that a slider in powers spans where its range begins at 0

/** The smallest number above 0 that a slider in powers reaches. @param {Range} range */
function lowEnd({ min, max, integer }) {
  if (integer) return Math.max(min, 1);
  return min > max / 10 ** DECADES ? min : max / 10 ** DECADES;
}

/** From a number to a place 0..NOTCHES. @param {number} value @param {Range} range @returns {number} */
export function toPlace(value, range) {
  if (!range.log) return ((value - range.min) / (range.max - range.min)) * NOTCHES;
  const low = lowEnd(range);
  if (value < low) return 0;
  const first = range.min < low ? 1 : 0; // the first place is the least number itself, often 0
  const share = Math.log(value / low) / Math.log(range.max / low);
  return first + share * (NOTCHES - first);
}

/** From a place 0..NOTCHES to a number. @param {number} place @param {Range} range @returns {number} */
export function fromPlace(place, range) {
  if (!range.log) return stepped(range.min + (place / NOTCHES) * (range.max - range.min), range);
  const low = lowEnd(range);
  const first = range.min < low ? 1 : 0;
  if (place < first) return range.min;
  const share = (place - first) / (NOTCHES - first);
  return stepped(low * (range.max / low) ** share, range);
}

/** The number one key press further: a notch of the step, or the next of 1, 2, 3, 5 of a power of ten.
 * @param {number} value @param {Range} range @param {1 | -1} direction @param {boolean} [far] */
export function nudged(value, range, direction, far = false) {
  if (!range.log) return stepped(value + direction * stepOf(range) * (far ? 10 : 1), range);
  const low = lowEnd(range);
  if (value < low) return direction > 0 ? low : range.min;
  if (far) return clamped(value * 10 ** direction, range, low);
  if (range.integer && value < 20) return clamped(value + direction, range, low);
  const power = 10 ** Math.floor(Math.log10(value * (1 + 1e-9)));
  const ladder = [0.5, 0.7, 1, 1.5, 2, 3, 5, 7, 10, 15].map((rung) => rung * power);
  const next =
    direction > 0
      ? ladder.find((rung) => rung > value * (1 + 1e-9))
      : ladder.findLast((rung) => rung < value * (1 - 1e-9));
  return clamped(rounded(next ?? value, range), range, low);
}

/** The step of a slider: the one asked for, 1 for whole numbers, else a hundredth of the range.
 * @param {Range} range */
function stepOf({ step, integer, min, max }) {
  return step ?? (integer ? 1 : 10 ** Math.floor(Math.log10((max - min) / 100)));
}

/** @param {number} value @param {Range} range @param {number} low */
function clamped(value, range, low) {
  if (value < low * (1 - 1e-9)) return range.min < low ? range.min : low;
  return Math.min(value, range.max);
}

/** @param {number} value @param {Range} range */
function stepped(value, range) {
  if (range.log) return Math.min(range.max, Math.max(range.min, rounded(value, range)));
  const step = stepOf(range);
  const near = range.min + Math.round((value - range.min) / step) * step;
  return Math.min(range.max, Math.max(range.min, Number(near.toPrecision(12))));
}

/** Two digits that matter. @param {number} value @param {Range} range */
function rounded(value, range) {
  return range.integer ? Math.round(value < 100 ? value : Number(value.toPrecision(2))) : Number(value.toPrecision(2));
}
