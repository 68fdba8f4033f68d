/** Printed numbers that add up as printed. Pure. */

/**
 * A sum with as few digits as make the rounded terms add up to the rounded total; where none up to `most` do, `exact` is
 * false and the sum is to be printed with ≈.
 * @param {number[]} terms @param {number} total @param {number} [most] further digits to be tried
 * @returns {{digits: number, exact: boolean}}
 */
export function digitsOf(terms, total, most = 3) {
  const least = leastDigits([...terms, total]);
  for (let digits = least; digits <= least + most; digits++) {
    const factor = 10 ** digits;
    const sum = terms.reduce((found, term) => found + Math.round(term * factor), 0);
    if (sum === Math.round(total * factor)) return { digits, exact: true };
  }
  return { digits: least, exact: false };
}

/** Digits behind the point that show two or three figures of the largest number.
 * @param {number[]} numbers @returns {number} */
export function leastDigits(numbers) {
  const largest = numbers.reduce(
    (found, number) => (Number.isFinite(number) ? Math.max(found, Math.abs(number)) : found),
    0,
  );
  if (largest >= 1000) return 0;
  if (largest >= 100) return 1;
  if (largest >= 0.1 || largest === 0) return 2;
  return Math.min(9, 2 - Math.floor(Math.log10(largest)));
}

/** A number with just so many digits behind the point, rounded as `digitsOf` rounds, with a true minus.
 * @param {number} value @param {number} digits @returns {string} */
export function printed(value, digits) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "–" : value < 0 ? "−∞" : "∞";
  const rounded = Math.round(value * 10 ** digits) / 10 ** digits;
  return (rounded < 0 ? "−" : "") + Math.abs(rounded).toFixed(digits);
}

/**
 * The terms that are listed: all up to `most + 2`, else the `most` largest, with the rest added up to one.
 * @param {number[]} terms @param {number} [most]
 * @returns {{listed: number[], rest: {count: number, sum: number} | null}} `listed` are places in `terms`, in order
 */
export function chosenTerms(terms, most = 10) {
  const places = terms.map((_, at) => at);
  if (terms.length <= most + 2) return { listed: places, rest: null };
  const listed = places
    .sort((a, b) => Math.abs(terms[b]) - Math.abs(terms[a]))
    .slice(0, most)
    .sort((a, b) => a - b);
  const kept = new Set(listed);
  const sum = terms.reduce((found, term, at) => (kept.has(at) ? found : found + term), 0);
  return { listed, rest: { count: terms.length - most, sum } };
}

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/** A count as small figures below the line: 12 gives ₁₂.
 * @param {number} count @returns {string} */
export function subscript(count) {
  return String(count).replace(/\d/g, (figure) => SUBSCRIPTS[Number(figure)]);
}
