/** What a shape means for the picture of a car: how many units it has, which of them are drawn, how it was joined. Pure. */

/** @typedef {import("./cars.js").Shape} Shape */

const WHOLE = 16; // a car with so many units shows all of them
const CHOICE = 12; // a wider one shows so many, chosen evenly

/** How many numbers leave a car.
 * @param {Shape | null} shape @returns {number | null} */
export function numbersOf(shape) {
  return shape ? shape.sizes.reduce((product, size) => product * size, 1) : null;
}

/** Whether it is a picture or a series: several numbers for each channel.
 * @param {Shape | null} shape */
export function channelled(shape) {
  return shape !== null && shape.sizes.length > 1;
}

/** What is drawn of a shape: its channels where it has some, else its numbers.
 * @param {Shape | null} shape @returns {number | null} */
export function unitsOf(shape) {
  return shape && channelled(shape) ? shape.sizes[0] : numbersOf(shape);
}

/** Height and width of one channel; a series is one row.
 * @param {Shape} shape @returns {[number, number]} */
export function sidesOf(shape) {
  return shape.sizes.length === 2 ? [1, shape.sizes[1]] : [shape.sizes[1] ?? 1, shape.sizes[2] ?? 1];
}

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

/** How parts become one: as the document says, else as their sizes show, else as is usual.
 * @param {unknown} said @param {Shape | null} whole @param {(Shape | null)[]} parts @param {"add" | "concat"} usual
 * @returns {"add" | "concat"} */
export function joinOf(said, whole, parts, usual) {
  if (said === "add" || said === "concat") return said;
  if (!whole?.text || parts.some((part) => part === null)) return usual; // sizes without words are a guess
  const sum = parts.reduce((found, part) => found + (part?.sizes[0] ?? 0), 0);
  return parts.length > 1 && sum === whole.sizes[0] ? "concat" : "add";
}
