/** Escape closes what was opened last, wherever the focus is by then. */

import { useEffect, useRef } from "preact/hooks";

/** @typedef {{element: () => Element | null, close: () => void}} Opened */

/** @type {Opened[]} */
const opened = [];

/**
 * @param {{current: Element | null}} element what is open while the component is there
 * @param {() => void} onClose
 */
export function useEscape(element, onClose) {
  const newest = useRef(onClose);
  newest.current = onClose;
  useEffect(() => {
    const mine = { element: () => element.current, close: () => newest.current() };
    if (opened.push(mine) === 1) document.addEventListener("keydown", pressed);
    return () => {
      opened.splice(opened.indexOf(mine), 1);
      if (opened.length === 0) document.removeEventListener("keydown", pressed);
    };
  }, []);
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return;
  const window = document.querySelector("dialog:modal"); // closes by itself; below it nothing is reached
  const last = opened.findLast(({ element }) => !window || window.contains(element()));
  if (!last) return;
  event.preventDefault();
  last.close();
}
