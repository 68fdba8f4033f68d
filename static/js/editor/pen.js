/** What the pen and the eraser do to points drawn by hand. Pure. */

/** A point drawn by hand: x₁, x₂, number of its class. @typedef {[number, number, number]} Drawn */

export const HALF_SIDE = 6; // the plane reaches from −6 to 6
const MOST_POINTS = 2000;
const ERASES = 0.6; // radius of the eraser, in units of the plane

/** Where a pointer is on the plane, rounded to hundredths, kept within it.
 * @param {{left: number, top: number, width: number, height: number}} box @param {number} x @param {number} y pixels
 * @returns {[number, number]} */
export function onPlane(box, x, y) {
  const keep = (/** @type {number} */ value) =>
    Math.round(Math.max(-HALF_SIDE, Math.min(HALF_SIDE, value)) * 100) / 100;
  return [
    keep(((x - box.left) / box.width) * 2 * HALF_SIDE - HALF_SIDE),
    keep(HALF_SIDE - ((y - box.top) / box.height) * 2 * HALF_SIDE),
  ];
}

/** The points with a new one, or the same list where there is no room. @param {Drawn[]} points @param {Drawn} point */
export function withPoint(points, point) {
  return points.length >= MOST_POINTS ? points : [...points, point];
}

/** The points without those near a place, or the same list where there are none.
 * @param {Drawn[]} points @param {[number, number]} place */
export function without(points, [x, y]) {
  const left = points.filter((point) => Math.hypot(point[0] - x, point[1] - y) > ERASES);
  return left.length === points.length ? points : left;
}

/** Whether the pen moved far enough for another point. @param {[number, number]} before @param {[number, number]} now */
export function farEnough(before, now) {
  return Math.hypot(now[0] - before[0], now[1] - before[1]) > 0.35;
}
