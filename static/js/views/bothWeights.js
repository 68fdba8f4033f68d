/** Frames of averaged weights that hold those in training, too: either can be looked at. */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { Chip } from "../ui/controls.js";

/** @typedef {import("../live/frameFormat.js").Frame} Frame */

const LIVE = "live_";

/** @param {Frame | undefined} frame */
export const hasBoth = (frame) => Object.keys(frame?.arrays ?? {}).some((name) => name.startsWith(LIVE));

/** The frame of the weights in training; the same frame where nothing is averaged.
 * @template {Frame | undefined} T @param {T} frame @param {boolean} live @returns {T} */
export function ofWeights(frame, live) {
  if (!frame || !live || !hasBoth(frame)) return frame;
  const own = Object.entries(frame.arrays).filter(([name]) => name.startsWith(LIVE));
  return { ...frame, arrays: Object.fromEntries(own.map(([name, array]) => [name.slice(LIVE.length), array])) };
}

/** Whose pictures are shown, and a switch; nothing where weights are not averaged.
 * @param {{frame: Frame | undefined, live: boolean, onInput: (live: boolean) => void}} props */
export function WhoseWeights({ frame, live, onInput }) {
  if (!hasBoth(frame)) return null;
  return h(
    "p",
    { class: "quiet whose-weights" },
    live ? t("views", "Drawn by the weights in training") : t("views", "Drawn by averaged weights"),
    " ",
    h(Chip, {
      title: t("views", "Weights in training"),
      hint: t("views", "Shows what the weights in training draw, not their averages, now and along the timeline: how much calmer are those?"),
      value: live,
      onInput,
    }),
  ); // prettier-ignore
}
