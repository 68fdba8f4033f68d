/** Dragging a car to another place of its train. */

import { useRef, useState } from "preact/hooks";
import { listAt, moving } from "./edits.js";

/** @typedef {import("./layout.js").Gap} Gap */

/** @param {{layout: import("./layout.js").Layout, network: any, track: {current: HTMLElement | null},
 *   onEdit: (edits: import("./edits.js").Edit[]) => void}} props */
export function useDrag({ layout, network, track, onEdit }) {
  const [dragged, setDragged] = useState(/** @type {{index: number, offset: number, target: number} | null} */ (null));
  const now = useRef(dragged);
  const set = (/** @type {typeof dragged} */ next) => setDragged((now.current = next));
  const car = dragged ? layout.columns[dragged.index]?.car : null;
  const fits = (/** @type {Gap} */ gap) => gap.list === car?.list && (gap.at < car.start || gap.at > car.end);
  return {
    index: dragged?.index ?? null,
    target: dragged?.target ?? null,
    fits,
    /** What the card of column `index` needs. @param {number} index */
    of: (index) => ({
      offset: dragged?.index === index ? dragged.offset : null,
      start: () => set({ index, offset: 0, target: -1 }),
      move: (/** @type {PointerEvent} */ event) => {
        const x = event.clientX - (track.current?.getBoundingClientRect().left ?? 0);
        const { car: own, left, card } = layout.columns[index];
        set({ index, offset: x - left - card / 2, target: nearest(layout, own.list, x) });
      },
      drop: (/** @type {boolean} */ kept) => {
        const gap = layout.gaps[now.current?.target ?? -1];
        const { car: own } = layout.columns[index];
        set(null);
        const edits = kept && gap ? moving(own, listAt(network, own.list), gap.at) : [];
        if (edits.length > 0) onEdit(edits);
      },
    }),
  };
}

/** The place of the train nearest to `x` in which a car of `list` can stand.
 * @param {import("./layout.js").Layout} layout @param {string} list @param {number} x */
function nearest(layout, list, x) {
  let found = -1;
  layout.gaps.forEach((gap, number) => {
    if (gap.list !== list) return;
    if (found < 0 || Math.abs(gap.x - x) < Math.abs(layout.gaps[found].x - x)) found = number;
  });
  return found;
}
