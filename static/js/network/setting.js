/** Setting a weight by dragging: the newest value goes out at once, then at most ten times a second, and the last always. */

import { useRef } from "preact/hooks";

/** @typedef {import("./diagram.js").WeightSet} WeightSet */

const PAUSE = 100; // milliseconds

/** @param {((weight: WeightSet) => void) | undefined} send @returns {((weight: WeightSet) => void) | undefined} */
export function useSetting(send) {
  const latest = useRef(send);
  latest.current = send;
  const paced = useRef(/** @type {((weight: WeightSet) => void) | null} */ (null));
  paced.current ??= pacedBy((weight) => latest.current?.(weight));
  return send && paced.current;
}

/** @param {(weight: WeightSet) => void} send @param {(then: () => void) => void} [later]
 * @returns {(weight: WeightSet) => void} */
export function pacedBy(send, later = (then) => void setTimeout(then, PAUSE)) {
  /** @type {Map<string, WeightSet | null>} */
  const waiting = new Map(); // a key is there while its pause lasts; its value is what came meanwhile
  const pass = (/** @type {string} */ key, /** @type {WeightSet} */ weight) => {
    waiting.set(key, null);
    send(weight);
    later(() => {
      const next = waiting.get(key);
      waiting.delete(key);
      if (next) pass(key, next);
    });
  };
  return (weight) => {
    const key = `${weight.path} ${weight.index}`;
    if (waiting.has(key)) waiting.set(key, weight);
    else pass(key, weight);
  };
}
