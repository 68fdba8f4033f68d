/** What is drawn from the same noise, at a few kept moments of the run. */

import { h } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { onTheme } from "../canvas/colour.js";
import { sharp } from "../canvas/heatmap.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { epochText } from "../live/stateWords.js";
import { useKeptFrames } from "./keptFrames.js";

/** @typedef {import("../live/frameFormat.js").Frame} Frame */
/** @typedef {(context: CanvasRenderingContext2D, size: number, frame: Frame) => void} Paint */

const PICTURES = 6;

/** Some of these steps, evenly chosen, the first and the last among them. @param {number[]} steps @param {number} count */
function chosenSteps(steps, count = PICTURES) {
  if (steps.length <= count) return steps;
  return Array.from({ length: count }, (_, at) => steps[Math.round((at * (steps.length - 1)) / (count - 1))]);
}

/** @param {{run: import("../live/run.js").Run, probe: string, paint: Paint, count?: number, title?: string,
 *   chosen?: number | null, onChoose?: (step: number) => void}} props with `onChoose` each is a button that shows its
 *   moment, and is called by its epoch */
export function Filmstrip({ run, probe, paint, count = PICTURES, title, chosen, onChoose }) {
  const frames = useKeptFrames(run, probe, (steps) => chosenSteps(steps, count));
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
  }, [frame, paint]);
  return h("canvas", { ref: canvas, "aria-hidden": "true" });
}
