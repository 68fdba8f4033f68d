/** What one sample looks like: a picture, a picture under its mask, a line, or the numbers of a row. */

import { h } from "preact";
import { sizesOf } from "../api/shapes.js";
import { formatNumber } from "../i18n/numbers.js";
import { dataName } from "../i18n/dataNames.js";
import { Masked } from "./masked.js";
import { onPaper, Picture } from "./pictures.js";
import { isPicture, isSeries } from "./points.js";
import { rangeOf, Strip } from "./strip.js";
import { hasTokens, TokenStrip } from "./tokenStrip.js";

/** @typedef {import("./points.js").Preview} Preview */
/** One sample as the server answers for it; `share` is the probability of the answer, or the overlap of the masks.
 * @typedef {{row: number, split: string, truth: number | null, answer: number | null, share: number | null, loss: number,
 *   raw: any[], truth_mask?: number[], answer_mask?: number[], drawn?: any[]}} Answered `drawn`: what is drawn of it */

const WHITE = 255;
const COLUMNS = 3; // of a row of a table

/** @param {{sample: Answered, preview: Preview}} props */
export function Face({ sample, preview }) {
  const shape = sizesOf(preview.shape);
  const light = { white: WHITE, paper: onPaper(preview) };
  if (sample.truth_mask) {
    const masks = { truth: sample.truth_mask, predicted: sample.answer_mask ?? sample.truth_mask };
    return h(Masked, { levels: sample.raw, shape, light, ...masks, classes: preview.classes });
  }
  if (sample.drawn) {
    const { drawn, ...original } = sample;
    return h("span", { class: "face-pair" }, h(Face, { sample: original, preview }), h(Face, { sample: { ...original, raw: drawn }, preview })); // prettier-ignore
  }
  if (isPicture(preview)) return h(Picture, { levels: sample.raw, shape, light });
  if (isSeries(preview)) return h(Strip, { levels: sample.raw.flat(2), shape, range: rangeOf(preview) });
  if (hasTokens(preview)) return h(TokenStrip, { tokens: sample.raw, preview });
  const names = preview.names.slice(0, COLUMNS).map(dataName);
  return h(
    "span",
    { class: "row-face" },
    names.map((name, at) =>
      h(
        "span",
        { key: name },
        `${name} `,
        h("b", null, sample.raw[at] === null ? "–" : formatNumber(sample.raw[at], 3)),
      ),
    ),
  );
}

/** The raw numbers of a sample as a network is asked: pictures 0..1.
 * @param {Answered} sample @param {Preview} preview @returns {(number | null)[]} */
export function levelsOf(sample, preview) {
  const levels = sample.raw.flat(2);
  return isPicture(preview) ? levels.map((level) => level / WHITE) : levels;
}
