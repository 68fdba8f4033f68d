/** Time travel: the kept frames of a run on the axis of the chart above. */

import { useSignal } from "@preact/signals";
import { h } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";
import { xOfStep } from "./metrics.js";
import { nearestStep, placeOf } from "./places.js";
import { sharedAxis } from "./view.js";

/** @typedef {import("../live/run.js").Run} Run */

const FAR = 5; // kept frames that Page up and Page down jump over

/**
 * `onFrame` gets the step of the kept frame to show, or null for what is there now.
 * @param {{run: Run, onFrame: (step: number | null) => void}} props
 */
export function Scrubber({ run, onFrame }) {
  const chosen = useSignal(/** @type {number | null} */ (null));
  const track = useRef(/** @type {HTMLDivElement | null} */ (null));
  void run.version.value;
  const axis = sharedAxis.value;
  useEffect(() => {
    chosen.value = null;
  }, [run.id]);
  const steps = run.keptFrames.map(({ step }) => step);
  const now = run.step.value;
  if (!axis || steps.length === 0) return null;
  // where no chart is shown, nobody else makes room for what is new
  const to = axis.zoomed ? axis.to : Math.max(axis.to, xOfStep(run.columns, axis.along, now));
  /** @param {number} step */
  const place = (step) => placeOf(xOfStep(run.columns, axis.along, step), { ...axis, to });

  /** @param {number | null} step */
  const choose = (step) => {
    if (step === chosen.peek()) return;
    chosen.value = step;
    onFrame(step);
  };
  /** @param {PointerEvent} event */
  const drag = (event) => {
    if (event.type === "pointermove" && !(event.buttons & 1)) return;
    const element = /** @type {HTMLDivElement} */ (track.current);
    if (event.type === "pointerdown") element.setPointerCapture(event.pointerId);
    const share = (event.clientX - element.getBoundingClientRect().left) / element.clientWidth;
    choose(nearestStep(steps, place, share, place(now)));
  };
  const at = chosen.value === null ? steps.length : steps.indexOf(chosen.value);
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const jumps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: FAR, PageDown: -FAR };
    const by = jumps[/** @type {keyof typeof jumps} */ (event.key)];
    const next = event.key === "Home" ? 0 : event.key === "End" ? steps.length : by === undefined ? null : at + by;
    if (next === null) return;
    event.preventDefault();
    choose(next >= steps.length ? null : steps[Math.max(0, next)]);
  };
  const shown = chosen.value ?? now;
  const told =
    chosen.value === null
      ? t("charts", "now, at step {step}", { step: now })
      : t("charts", "step {step} of {now}", { step: chosen.value, now });
  return h(
    "div",
    { class: `scrubber ${chosen.value === null ? "" : "past"}` },
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
      h("b", { class: "scrubber-thumb", style: `left: ${percent(Math.min(1, Math.max(0, place(shown))))}` }),
    ),
    h(
      "p",
      { class: "scrubber-told" },
      h("span", null, told),
      chosen.value !== null && h(Button, { look: "quiet", onClick: () => choose(null) }, t("charts", "Back to now")),
    ),
  );
}

/** @param {number} share */
const percent = (share) => `${(share * 100).toFixed(2)}%`;
