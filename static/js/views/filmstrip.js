/** What is drawn from the same noise, at a few kept moments of the run. */

import { h } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { onTheme } from "../canvas/colour.js";
import { sharp } from "../canvas/heatmap.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { fetchFrame } from "../live/requests.js";
import { epochText } from "../live/stateWords.js";

/** @typedef {import("../live/frameFormat.js").Frame} Frame */
/** @typedef {(context: CanvasRenderingContext2D, size: number, frame: Frame) => void} Paint */

const PICTURES = 6;
const AGAIN = 2000; // milliseconds between two looks for kept moments

/** Some of these steps, evenly chosen, the first and the last among them. @param {number[]} steps @param {number} count */
function chosenSteps(steps, count = PICTURES) {
  if (steps.length <= count) return steps;
  return Array.from({ length: count }, (_, at) => steps[Math.round((at * (steps.length - 1)) / (count - 1))]);
}

/** @param {{run: import("../live/run.js").Run, probe: string, paint: Paint, count?: number, title?: string,
 *   chosen?: number | null, onChoose?: (step: number) => void}} props with `onChoose` each is a button that shows its
 *   moment, and is called by its epoch */
export function Filmstrip({ run, probe, paint, count = PICTURES, title, chosen, onChoose }) {
  const [frames, setFrames] = useState(/** @type {Frame[]} */ ([]));
  useEffect(() => {
    const known = /** @type {Map<number, Frame>} */ (new Map());
    const look = async () => {
      const steps = chosenSteps(
        run.keptFrames.map(({ step }) => step),
        count,
      );
      const missing = steps.filter((step) => !known.has(step));
      for (const step of missing) {
        const frame = await fetchFrame(run.id, probe, step);
        if (frame) known.set(step, frame);
      }
      if (!over && missing.length > 0) setFrames(steps.flatMap((step) => known.get(step) ?? []));
    };
    let over = false;
    look();
    const timer = setInterval(look, AGAIN);
    return () => ((over = true), clearInterval(timer));
  }, [run.id, probe]);
  if (frames.length === 0) return null;
  return h(
    "figure",
    { class: "filmstrip" },
    h("figcaption", { class: "quiet" }, title ?? t("views", "The same noise over time, by step")),
    h(
      "ol",
      { style: `grid-template-columns: repeat(${count}, 1fr)` },
      frames.map((frame) =>
        h(
          "li",
          { key: frame.step },
          onChoose
            ? h(
                "button",
                {
                  type: "button",
                  "aria-pressed": chosen === frame.step,
                  "aria-label": t("live", "epoch {number}", { number: epochText(frame.epoch) }),
                  onClick: () => onChoose(frame.step),
                },
                h(Still, { frame, paint }),
                epochText(frame.epoch),
              )
            : [h(Still, { frame, paint }), formatNumber(frame.step)],
        ),
      ),
    ),
  );
}

/** A square picture of a frame. @param {{frame: Frame, paint: Paint}} props */
export function Still({ frame, paint }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const drawn = () => {
    const size = canvas.current?.clientWidth ?? 0;
    if (canvas.current && size) paint(sharp(canvas.current, size, size), size, frame);
  };
  useLayoutEffect(() => {
    drawn();
    return onTheme(drawn);
  }, [frame]);
  return h("canvas", { ref: canvas, "aria-hidden": "true" });
}
