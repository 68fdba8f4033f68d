/** In which order the units of a map stand: by their numbers, by how much they vary, or those that are alike side by side. Pure. */

/** @typedef {import("../live/frameFormat.js").FrameArray} FrameArray */
/** @typedef {"number" | "varied" | "alike"} Order */

/** The units from top to bottom. @param {FrameArray} array (samples, units, places) @param {number} at the sample
 * @param {Order} order @returns {number[]} */
export function unitsIn({ data, shape: [, units, places] }, at, order) {
  const numbers = Array.from({ length: units }, (_, unit) => unit);
  if (order === "number") return numbers;
  const rows = numbers.map((unit) => centred(data.subarray((at * units + unit) * places, (at * units + unit + 1) * places))); // prettier-ignore
  const varied = numbers.sort((a, b) => dot(rows[b], rows[b]) - dot(rows[a], rows[a]) || a - b);
  return order === "varied" ? varied : chained(varied, rows);
}

/** Each unit behind the one that it is most like, in either sense, of those that do not stand yet.
 * @param {number[]} units the one to begin with first @param {number[][]} rows */
function chained(units, rows) {
  const [found, left] = [units.slice(0, 1), units.slice(1)];
  const alike = (/** @type {number} */ a, /** @type {number} */ b) =>
    Math.abs(dot(rows[a], rows[b])) / Math.sqrt(dot(rows[a], rows[a]) * dot(rows[b], rows[b]) || 1);
  while (left.length > 0) {
    const last = found[found.length - 1];
    const next = left.reduce((best, unit) => (alike(last, unit) > alike(last, best) ? unit : best));
    found.push(...left.splice(left.indexOf(next), 1));
  }
  return found;
}

/** @param {ArrayLike<number>} row */
function centred(row) {
  const mean = Array.from(row).reduce((sum, value) => sum + value, 0) / row.length;
  return Array.from(row, (value) => value - mean);
}

/** @param {number[]} a @param {number[]} b */
const dot = (a, b) => a.reduce((sum, value, at) => sum + value * b[at], 0);
