/** Time travel: the kept frames of a run on the axis of the chart above. */

import { h } from "preact";
import { useRef } from "preact/hooks";
import { t } from "../i18n/t.js";
import { xOfStep } from "./metricLines.js";
import { nearestStep, placeOf } from "./places.js";
import { sharedAxis } from "./curveView.js";

/** @typedef {import("../live/run.js").Run} Run */

const FAR = 5; // kept frames that Page up and Page down jump over

/**
 * `chosen` is the step of the kept frame that is shown, or null for what is there now; `onFrame` gets another.
 * @param {{run: Run, chosen: number | null, onFrame: (step: number | null) => void, pill?: any}} props `pill` stands at its
 * handle
 */
export function Scrubber({ run, chosen, onFrame, pill }) {
  const track = useRef(/** @type {HTMLDivElement | null} */ (null));
  void run.version.value;
  const axis = sharedAxis.value;
  const steps = run.keptFrames.map(({ step }) => step);
  const now = run.step.value;
  if (!axis || steps.length === 0) return null;
  // where no chart is shown, nobody else makes room for what is new
  const to = axis.zoomed ? axis.to : Math.max(axis.to, xOfStep(run.columns, axis.along, now));
  /** @param {number} step */
  const place = (step) => placeOf(xOfStep(run.columns, axis.along, step), { ...axis, to });

  /** @param {number | null} step */
  const choose = (step) => {
    if (step !== chosen) onFrame(step);
  };
  /** @param {PointerEvent} event */
  const drag = (event) => {
    if (event.type === "pointermove" && !(event.buttons & 1)) return;
    const element = /** @type {HTMLDivElement} */ (track.current);
    if (event.type === "pointerdown") element.setPointerCapture(event.pointerId);
    const share = (event.clientX - element.getBoundingClientRect().left) / element.clientWidth;
    choose(nearestStep(steps, place, share, place(now)));
  };
  const number = chosen === null ? steps.length : steps.indexOf(chosen);
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const jumps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: FAR, PageDown: -FAR };
    const by = jumps[/** @type {keyof typeof jumps} */ (event.key)];
    const next = event.key === "Home" ? 0 : event.key === "End" ? steps.length : by === undefined ? null : number + by;
    if (next === null) return;
    event.preventDefault();
    choose(next >= steps.length ? null : steps[Math.max(0, next)]);
  };
  const shown = chosen ?? now;
  const at = Math.min(1, Math.max(0, place(shown)));
  const told =
    chosen === null
      ? t("charts", "now, at step {step}", { step: now })
      : t("charts", "step {step} of {now}", { step: chosen, now });
  return h(
    "div",
    { class: `scrubber ${chosen === null ? "" : "past"}` },
    h(
      "div",
      {
        class: "scrubber-track",
        ref: track,
        style: `margin-left: ${axis.left}px; width: ${axis.width}px`,
        role: "slider",
        tabIndex: 0,
        "aria-label": t("charts", "Look back"),
        "aria-valuemin": 0,
        "aria-valuemax": now,
        "aria-valuenow": shown,
        "aria-valuetext": told,
        title: t("charts", "Drag to see the network as it was."),
        onPointerDown: drag,
        onPointerMove: drag,
        onKeyDown: key,
      },
      h("div", { class: "scrubber-line" }),
      steps.map((step) => h("i", { key: step, class: "scrubber-tick", style: `left: ${percent(place(step))}` })),
      h(
        "b",
        { class: `scrubber-thumb${at > 0.8 ? " late" : ""}`, style: `left: ${percent(at)}` },
        chosen !== null && pill,
      ),
    ),
    h("p", { class: "scrubber-told" }, h("span", null, told)),
  );
}

/** @param {number} share */
const percent = (share) => `${(share * 100).toFixed(2)}%`;
