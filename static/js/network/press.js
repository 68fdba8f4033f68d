/** A press on a card that may become a drag. */

import { useRef } from "preact/hooks";

const FAR = 6; // pixels the pointer moves before a press becomes a drag
const LONG = 350; // milliseconds a finger rests before it drags; shorter moves scroll

/** Pointer events of a press that may become a drag.
 * @param {{start: () => void, move: (event: PointerEvent) => void, drop: (kept: boolean) => void} | null} drag
 * @param {() => void} onPress */
export function usePress(drag, onPress) {
  const press = useRef({ x: 0, y: 0, id: -1, dragging: false, timer: 0, done: false });
  const begin = (/** @type {HTMLElement} */ element) => {
    const now = press.current;
    if (now.id < 0 || now.dragging || !drag) return;
    now.dragging = true;
    element.setPointerCapture(now.id);
    drag.start();
  };
  const end = (/** @type {boolean} */ kept) => {
    const now = press.current;
    clearTimeout(now.timer);
    if (now.dragging) drag?.drop(kept);
    now.done = now.dragging;
    press.current = { ...now, id: -1, dragging: false };
  };
  return {
    onPointerDown: (/** @type {PointerEvent} */ event) => {
      if (event.button !== 0 || !drag) return;
      const element = /** @type {HTMLElement} */ (event.currentTarget);
      press.current = {
        x: event.clientX,
        y: event.clientY,
        id: event.pointerId,
        dragging: false,
        timer: 0,
        done: false,
      };
      if (event.pointerType === "touch") press.current.timer = setTimeout(() => begin(element), LONG);
      else element.setPointerCapture(event.pointerId); // a quick pointer leaves the card with its first move
    },
    onPointerMove: (/** @type {PointerEvent} */ event) => {
      const now = press.current;
      if (now.id !== event.pointerId) return;
      const far = Math.hypot(event.clientX - now.x, event.clientY - now.y) > FAR;
      if (far && !now.dragging && event.pointerType === "touch") return end(false);
      if (far) begin(/** @type {HTMLElement} */ (event.currentTarget));
      if (now.dragging) drag?.move(event);
    },
    onPointerUp: () => end(true),
    onPointerCancel: () => end(false),
    onTouchMove: (/** @type {TouchEvent} */ event) => {
      if (press.current.dragging && event.cancelable) event.preventDefault();
    },
    onClick: () => {
      if (!press.current.done) onPress();
      press.current.done = false;
    },
  };
}
