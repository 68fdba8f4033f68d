/** The plane of inputs and the pixels of a square picture: x₁ to the right, x₂ upwards. Pure. */

/** What is seen of the plane: its centre and half its side, in units of the plane.
 * @typedef {{x: number, y: number, half: number}} View */

/** @param {View} view @param {number} size pixels @param {number} x @param {number} y @returns {[number, number]} */
export function toPixel(view, size, x, y) {
  const unit = size / (2 * view.half);
  return [size / 2 + (x - view.x) * unit, size / 2 - (y - view.y) * unit];
}

/** @param {View} view @param {number} size pixels @param {number} left @param {number} top @returns {[number, number]} */
export function toPlane(view, size, left, top) {
  const unit = size / (2 * view.half);
  return [view.x + (left - size / 2) / unit, view.y - (top - size / 2) / unit];
}

/** The view `factor` times closer, with the point (x, y) where it was; never beyond the whole plane.
 * @param {View} view @param {number} factor @param {number} x @param {number} y @param {number} whole half side of all
 * @returns {View} */
export function zoomed(view, factor, x, y, whole) {
  const half = Math.min(whole, Math.max(whole / 16, view.half / factor));
  const part = half / view.half;
  return kept({ x: x + (view.x - x) * part, y: y + (view.y - y) * part, half }, whole);
}

/** The view moved, kept inside the plane.
 * @param {View} view @param {number} dx @param {number} dy units of the plane @param {number} whole @returns {View} */
export function moved(view, dx, dy, whole) {
  return kept({ x: view.x + dx, y: view.y + dy, half: view.half }, whole);
}

/** @param {View} view @param {number} whole @returns {View} */
function kept(view, whole) {
  const room = whole - view.half;
  const inside = (/** @type {number} */ value) => Math.max(-room, Math.min(room, value)) || 0; // no −0
  return { x: inside(view.x), y: inside(view.y), half: view.half };
}
