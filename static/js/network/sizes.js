/** What a shape means for the picture of a car: which of its units are drawn. Pure. */

const WHOLE = 16; // a car with so many units shows all of them
const CHOICE = 12; // a wider one shows so many, chosen evenly

/** The units that are drawn: all up to 16, else 12 chosen evenly, the first and the last among them.
 * @param {number} units @returns {number[]} */
export function shownOf(units) {
  return units <= WHOLE ? evenly(units, units) : evenly(units, CHOICE);
}

/** So many of the numbers below `units`, chosen evenly, the first and the last among them.
 * @param {number} units @param {number} count @returns {number[]} */
export function evenly(units, count) {
  if (count >= units) return Array.from({ length: units }, (_, at) => at);
  return Array.from({ length: count }, (_, at) => Math.round((at * (units - 1)) / Math.max(1, count - 1)));
}
