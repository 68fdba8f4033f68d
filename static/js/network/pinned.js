/** The output stays in sight: where the train is wider than the window, it stands at its right edge, over the rest. */

import { useLayoutEffect } from "preact/hooks";

/** @typedef {import("./layout.js").Layout} Layout */

const EDGE = 8; // pixels between output and window
const LEAST = 4; // so many cards fit the window: on a phone it would hide what one looks at
const SHIFT = "--pinned"; // pixels, read by network.css
const PINNED = ".car-card.output, .units.output";

/** Moves the last column with the window; nothing is drawn anew.
 * @param {{scroller: {current: HTMLElement | null}, track: {current: HTMLElement | null}}} elements @param {Layout} layout */
export function usePinned({ scroller, track }, layout) {
  useLayoutEffect(() => {
    const [view, moved] = [scroller.current, track.current];
    const output = layout.columns.at(-1);
    if (!view || !moved || !output) return undefined;
    const settle = () => {
      const edge = view.scrollLeft + view.clientWidth - 2 * EDGE; // the window has a padding of its own
      const shift = Math.min(0, Math.round(edge - output.left - output.card));
      const room = edge > LEAST * output.card;
      const wanted = shift < -EDGE && room ? `${shift}px` : "";
      if (moved.style.getPropertyValue(SHIFT) === wanted) return;
      moved.style.setProperty(SHIFT, wanted);
      moved.classList.toggle("pinned", wanted !== "");
    };
    settle();
    const watcher = new ResizeObserver(settle);
    watcher.observe(view);
    view.addEventListener("scroll", settle, { passive: true });
    return () => (watcher.disconnect(), view.removeEventListener("scroll", settle));
  }, [layout]);
}

/** By how many pixels what an event happened on is moved. @param {Event} event @param {HTMLElement | null} track */
export function shiftAt({ target }, track) {
  const pinned = target instanceof Element && target.closest(PINNED);
  return pinned && track ? Number.parseFloat(track.style.getPropertyValue(SHIFT)) || 0 : 0;
}
