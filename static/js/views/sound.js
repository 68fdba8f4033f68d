/** Series that can be heard. */

import { h } from "preact";
import { sizesOf } from "../api/shapes.js";
import { t } from "../i18n/t.js";
import { IconButton } from "../ui/buttons.js";

/** How a series is heard: with `bands` (hertz) each channel is the loudness of one, without any the first is the pitch
 * and the second the loudness, see `app/parts/datasets/sound.py`.
 * @typedef {{seconds: number, bands: number[]}} Sound */
/** @typedef {import("./points.js").Preview} Preview */

/** Plays a sample, where it is a sound. @param {Preview} preview @param {ArrayLike<number>} levels */
export function hear({ sound, shape }, levels) {
  if (sound) import("../pages/seldom.js").then(({ play }) => play(levels, sizesOf(shape), sound));
}

/** @param {{preview: Preview, levels: ArrayLike<number>, strip: any}} props a strip, and what plays it */
export function Heard({ preview, levels, strip }) {
  if (!preview.sound) return strip;
  const button = { icon: "train", look: /** @type {const} */ ("quiet"), label: t("views", "Hear it") };
  return h("span", { class: "sound" }, strip, h(IconButton, { ...button, onClick: () => hear(preview, levels) }));
}

/** What is said above samples that are buttons. @param {{preview: Preview}} props */
export function HearingNote({ preview }) {
  return (
    preview.sound &&
    h("p", { class: "quiet" }, t("views", "Choose a sample to hear it. The sound is made of the numbers that the network reads.")) // prettier-ignore
  );
}
