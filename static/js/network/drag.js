/** Dragging a car to another place of its train, on any track. */

import { useRef, useState } from "preact/hooks";
import { holds, listAt, moving } from "./edits.js";

/** @typedef {import("./layout.js").Gap} Gap */
/** @typedef {{x: number, y: number}} Offset pixels */

const PLUS = 46; // pixels from the top of a card to the middle of the plus beside it

/** @param {{layout: import("./layout.js").Layout, document: any, track: {current: HTMLElement | null},
 *   onEdit: (edits: import("./edits.js").Edit[]) => void}} props */
export function useDrag({ layout, document, track, onEdit }) {
  const [dragged, setDragged] = useState(/** @type {{index: number, offset: Offset, target: number} | null} */ (null));
  const now = useRef(dragged);
  const set = (/** @type {typeof dragged} */ next) => setDragged((now.current = next));
  const car = dragged ? layout.columns[dragged.index]?.car : null;
  const fits = (/** @type {Gap} */ gap) => car !== null && canStand(car, gap);
  return {
    index: dragged?.index ?? null,
    target: dragged?.target ?? null,
    offset: dragged?.offset ?? { x: 0, y: 0 },
    fits,
    /** What the card of column `index` needs. @param {number} index */
    of: (index) => ({
      offset: dragged?.index === index ? dragged.offset : null,
      start: () => set({ index, offset: { x: 0, y: 0 }, target: -1 }),
      move: (/** @type {PointerEvent} */ event) => {
        const box = track.current?.getBoundingClientRect();
        const [x, y] = [event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0)];
        const { car: own, left, card, cardTop } = layout.columns[index];
        const middle = cardTop + 29 * layout.scale;
        const offset = { x: x - left - card / 2, y: layout.headings.length > 0 ? y - middle : 0 };
        set({ index, offset, target: nearest(layout, own, x, y) });
      },
      drop: (/** @type {boolean} */ kept) => {
        const gap = layout.gaps[now.current?.target ?? -1];
        const { car: own } = layout.columns[index];
        set(null);
        const edits = kept && gap ? moving(own, listAt(document, own.list), gap.at, gap.list) : [];
        if (edits.length > 0) onEdit(edits);
      },
    }),
  };
}

/** Whether a car can be put into a gap: not where it stands already, and not into itself.
 * @param {import("./cars.js").Car} car @param {Gap} gap */
function canStand(car, gap) {
  if (holds(car, gap.list)) return false;
  return gap.list !== car.list || gap.at < car.start || gap.at > car.end;
}

/** The gap nearest to a point in which a car can stand, or where it stands.
 * @param {import("./layout.js").Layout} layout @param {import("./cars.js").Car} car @param {number} x @param {number} y */
function nearest(layout, car, x, y) {
  let [found, least] = [-1, Number.POSITIVE_INFINITY];
  layout.gaps.forEach((gap, number) => {
    if (holds(car, gap.list)) return;
    const away = layout.headings.length > 0 ? y - gap.y - PLUS * layout.scale : 0;
    const distance = Math.hypot(gap.x - x, away);
    if (distance < least) [found, least] = [number, distance];
  });
  return found;
}
