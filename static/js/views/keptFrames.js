/** The frames of a probe at the kept moments of a run. */

import { useEffect, useState } from "preact/hooks";

/** @typedef {import("../live/frameFormat.js").Frame} Frame */

const AGAIN = 2000; // milliseconds between two looks for kept moments

/** In the order of their steps; each is fetched once. `choose` says which of the kept steps are wanted.
 * @param {import("../live/run.js").Run | null | undefined} run @param {string} probe
 * @param {(steps: number[]) => number[]} [choose] @returns {Frame[]} */
export function useKeptFrames(run, probe, choose = (steps) => steps) {
  const [frames, setFrames] = useState(/** @type {Frame[]} */ ([]));
  useEffect(() => {
    setFrames([]);
    if (!run) return;
    const known = /** @type {Map<number, Frame>} */ (new Map());
    let over = false;
    const look = async () => {
      const steps = choose(run.keptFrames.map(({ step }) => step));
      const missing = steps.filter((step) => !known.has(step));
      for (const step of missing) {
        const frame = await run.frameAt(probe, step);
        if (frame) known.set(step, frame);
      }
      if (!over && missing.length > 0) setFrames(steps.flatMap((step) => known.get(step) ?? []));
    };
    void look();
    const timer = setInterval(look, AGAIN);
    return () => ((over = true), clearInterval(timer));
  }, [run?.id, probe]);
  return frames;
}
