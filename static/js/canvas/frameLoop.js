/** One requestAnimationFrame loop for all pictures: what asked to be drawn is drawn once, what did not change never. */

/** @type {Set<() => void>} */
const asked = new Set();
let handle = 0;

/** Draws in the next frame of the screen, once, however often it is asked.
 * @param {() => void} draw the same function each time */
export function redraw(draw) {
  asked.add(draw);
  handle ||= requestAnimationFrame(flush);
}

/** Forgets a drawing that was asked for.
 * @param {() => void} draw */
export function forget(draw) {
  asked.delete(draw);
}

function flush() {
  handle = 0;
  const now = [...asked];
  asked.clear();
  for (const draw of now) draw();
}
