/** Where an axis has its numbers. Pure. */

const MANY = 7; // decades, from which on only some of them get a number

/**
 * Round numbers between two limits, about `count` of them, both included where they are round; on a logarithmic axis
 * powers of ten, and for a short range their halves and fifths.
 * @param {number} low
 * @param {number} high
 * @param {number} [count]
 * @param {boolean} [log]
 * @returns {number[]}
 */
export function ticks(low, high, count = 5, log = false) {
  if (log && high / low >= 4) return powers(low, high, Math.min(count, MANY));
  const rough = (high - low) / Math.max(count, 1);
  if (!(rough > 0) || !Number.isFinite(rough)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, number) => Number(((first + number) * step).toPrecision(12)));
}

/**
 * @param {number} low
 * @param {number} high
 * @param {number} count
 */
function powers(low, high, count) {
  const decades = Math.log10(high / low);
  const factors = decades < 1.5 && count > 3 ? [1, 2, 5] : decades < 2.5 && count > 4 ? [1, 3] : [1];
  const every = Math.max(1, Math.ceil(decades / Math.max(count, 2)));
  /** @type {number[]} */
  const found = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power += 1) {
    if (factors.length === 1 && power % every) continue;
    for (const factor of factors) {
      const value = Number(`${factor}e${power}`);
      if (value >= low && value <= high) found.push(value);
    }
  }
  return found;
}
