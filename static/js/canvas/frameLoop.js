/** One requestAnimationFrame loop for all pictures: what asked to be drawn is drawn once, what did not change never. */

/** What draws, or measures first and gives what draws: no drawing waits for a layout that the one before it has spoilt.
 * @typedef {() => unknown} Drawing */

/** @type {Set<Drawing>} */
const asked = new Set();
let handle = 0;

/** Draws in the next frame of the screen, once, however often it is asked.
 * @param {Drawing} draw the same function each time */
export function redraw(draw) {
  asked.add(draw);
  handle ||= requestAnimationFrame(flush);
}

/** Forgets a drawing that was asked for.
 * @param {Drawing} draw */
export function forget(draw) {
  asked.delete(draw);
}

function flush() {
  handle = 0;
  const now = [...asked];
  asked.clear();
  const measured = now.map((draw) => draw());
  for (const draw of measured) if (typeof draw === "function") draw();
}
