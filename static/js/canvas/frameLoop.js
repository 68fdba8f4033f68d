/** One requestAnimationFrame loop for all pictures: what asked to be drawn is drawn once, what did not change never. */

/** What draws, or measures first and gives what draws: no drawing waits for a layout that the one before it has spoilt.
 * @typedef {() => unknown} Drawing */

/** @type {Set<Drawing>} */
const asked = new Set();
let handle = 0;

const LONG = 30; // milliseconds of drawing after which the page is left alone for as long again
const UNSEEN = 1_000; // milliseconds after which a frame is no longer awaited: nobody sees a window behind others

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

/** Calls back once the next frame is on the screen; after a long one, not before the page had time for other things.
 * @param {() => void} then */
export function whenDrawn(then) {
  if (typeof requestAnimationFrame === "undefined" || document.hidden) return then();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let unseen = setTimeout(done, UNSEEN);
  requestAnimationFrame((began) =>
    setTimeout(() => {
      const busy = performance.now() - began; // with the layout and the painting behind the drawings
      if (busy > LONG) setTimeout(done, Math.min(busy, UNSEEN));
      else done();
    }, 0),
  );

  function done() {
    if (unseen === undefined) return;
    clearTimeout(unseen);
    unseen = undefined;
    then();
  }
}
