/** A slider from pure noise to data, over the stages of a frame. */

import { h } from "preact";
import { t } from "../i18n/t.js";

/** Which stage is shown: the one that was chosen, else the last. @param {number | null} chosen @param {number} count */
export function shownStage(chosen, count) {
  return chosen === null ? count - 1 : Math.min(chosen, count - 1);
}

/** @param {{times: number[], most: number, chosen: number | null, onInput: (stage: number) => void}} props `times` are
 *   the diffusion steps of each stage, from clean */
export function StageSlider({ times, most, chosen, onInput }) {
  const last = times.length - 1;
  const stage = shownStage(chosen, times.length);
  const said = t("views", "Diffusion step {step} of {most}", { step: String(times[stage]), most: String(most) });
  return h(
    "div",
    { class: "stage-slider" },
    h("span", null, t("views", "Noise")),
    h("input", {
      class: "range",
      type: "range",
      min: 0,
      max: last,
      step: 1,
      value: stage,
      style: `--filled: ${last ? stage / last : 1}`,
      "aria-label": t("views", "From noise to data"),
      "aria-valuetext": said,
      /** @param {Event & {currentTarget: HTMLInputElement}} event */
      onInput: (event) => onInput(Number(event.currentTarget.value)),
    }),
    h("span", null, t("views", "Data")),
    h("output", null, said),
  );
}
