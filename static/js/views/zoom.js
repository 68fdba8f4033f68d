/** Looking closer at the plane: wheel, two fingers, dragging, and the keyboard. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { moved, toPlane, zoomed } from "../canvas/plane.js";

/** @typedef {import("../canvas/plane.js").View} View */

/** @param {number} whole half side of everything @param {{current: HTMLCanvasElement | null}} canvas */
export function useZoom(whole, canvas) {
  const [view, setView] = useState(/** @type {View} */ ({ x: 0, y: 0, half: whole }));
  const now = useRef(view);
  now.current = view;
  const pointers = useRef(/** @type {Map<number, [number, number]>} */ (new Map()));
  const set = (/** @type {View} */ next) => setView((now.current = next));
  const closer = (/** @type {number} */ factor, /** @type {number} */ left, /** @type {number} */ top) => {
    const size = canvas.current?.clientWidth ?? 1;
    const [x, y] = toPlane(now.current, size, left, top);
    set(zoomed(now.current, factor, x, y, whole));
  };
  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const wheel = (/** @type {WheelEvent} */ event) => {
      const inside = now.current.half < whole || event.deltaY < 0;
      if (!inside || !(event.ctrlKey || document.activeElement === element)) return; // else the page scrolls
      event.preventDefault();
      closer(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), event.offsetX, event.offsetY);
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => element.removeEventListener("wheel", wheel);
  }, []);
  const middle = () => (canvas.current?.clientWidth ?? 0) / 2;
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = now.current.half / 4;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    const move = moves[/** @type {keyof typeof moves} */ (event.key)];
    if (event.key === "+" || event.key === "=") closer(1.5, middle(), middle());
    else if (event.key === "-") closer(1 / 1.5, middle(), middle());
    else if (event.key === "0") set({ x: 0, y: 0, half: whole });
    else if (move && now.current.half < whole) set(moved(now.current, move[0], move[1], whole));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const drag = (/** @type {PointerEvent} */ event) => {
    const last = pointers.current.get(event.pointerId);
    if (!last) return;
    const size = canvas.current?.clientWidth ?? 1;
    const unit = (2 * now.current.half) / size;
    const other = [...pointers.current.entries()].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const before = Math.hypot(last[0] - other[0], last[1] - other[1]);
      const after = Math.hypot(event.offsetX - other[0], event.offsetY - other[1]);
      if (before > 8) closer(after / before, (event.offsetX + other[0]) / 2, (event.offsetY + other[1]) / 2);
    } else if (now.current.half < whole) {
      set(moved(now.current, (last[0] - event.offsetX) * unit, (event.offsetY - last[1]) * unit, whole));
    }
    pointers.current.set(event.pointerId, [event.offsetX, event.offsetY]);
  };
  const lift = (/** @type {PointerEvent} */ event) => {
    pointers.current.delete(event.pointerId);
  };
  return {
    view,
    reset: () => set({ x: 0, y: 0, half: whole }),
    handlers: {
      onKeyDown: key,
      onPointerDown: (/** @type {PointerEvent} */ event) => {
        pointers.current.set(event.pointerId, [event.offsetX, event.offsetY]);
        /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
      },
      onPointerMove: drag,
      onPointerUp: lift,
      onPointerCancel: lift,
      onDblClick: (/** @type {MouseEvent} */ event) => closer(2, event.offsetX, event.offsetY),
    },
  };
}
