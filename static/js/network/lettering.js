/** How a car is written, so that all of its title is read, and of the line below it whole parts. Pure. */

const [USUAL, SMALL, WRAPPED, BELOW] = [14, 12, 11, 13]; // pixels, at the usual size of text
const [WIDE, NARROW, THIN] = [1, 0.58, 0.3]; // as shares of the size: Chinese, other letters on the average, spaces
const PART = " · ";
const CHINESE = /[\u2e80-\uffef]/;

/** `small` letters where the usual do not fit, `wrapped` in two lines where these do not either, and `tiny` in two lines
 * where one of its words would be parted.
 * @param {string} title @param {number} room pixels, at the usual size of text @returns {"" | "small" | "wrapped" | "tiny"} */
export function letteringOf(title, room) {
  const width = widthOf(title);
  if (width * USUAL <= room) return "";
  if (width * SMALL <= room) return "small";
  const words = title.split(" ").filter((word) => !CHINESE.test(word)); // Chinese is parted anywhere
  return words.every((word) => widthOf(word) * WRAPPED <= room) ? "wrapped" : "tiny";
}

/** As many of the parts of a line as fit, at least the first.
 * @param {string} line with ` · ` between its parts @param {number} room pixels, at the usual size of text */
export function fittingParts(line, room) {
  const parts = line.split(PART);
  while (parts.length > 1 && widthOf(parts.join(PART)) * BELOW > room) parts.pop();
  return parts.join(PART);
}

/** As a multiple of the size of its letters. @param {string} text */
const widthOf = (text) =>
  [...text].reduce((sum, letter) => sum + (CHINESE.test(letter) ? WIDE : " ·,".includes(letter) ? THIN : NARROW), 0);
