/** Where an axis has its numbers. Pure. */

const MANY = 7; // decades, from which on only some of them get a number

/**
 * Round numbers between two limits: about `count` of them; on a logarithmic axis powers of ten, and for a short range
 * their halves and fifths.
 * @param {number} low
 * @param {number} high
 * @param {boolean} log
 * @param {number} [count]
 * @returns {number[]}
 */
export function ticks(low, high, log, count = 5) {
  if (log && high / low >= 4) return powers(low, high, Math.min(count, MANY));
  const rough = (high - low) / Math.max(count, 1);
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * size).find((round) => round >= rough * 0.999) ?? size;
  /** @type {number[]} */
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k += 1) {
    found.push(Number((k * step).toPrecision(12)));
  }
  return found;
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
