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

/** @param {{one: Answered, preview: Preview}} props */
export function Face({ one, preview }) {
  const shape = sizesOf(preview.shape);
  const light = { white: WHITE, paper: onPaper(preview) };
  if (one.truth_mask) {
    const masks = { truth: one.truth_mask, predicted: one.answer_mask ?? one.truth_mask };
    return h(Masked, { levels: one.raw, shape, light, ...masks, classes: preview.classes });
  }
  if (one.drawn) {
    const { drawn, ...sample } = one;
    return h("span", { class: "face-pair" }, h(Face, { one: sample, preview }), h(Face, { one: { ...sample, raw: drawn }, preview })); // prettier-ignore
  }
  if (isPicture(preview)) return h(Picture, { levels: one.raw, shape, light });
  if (isSeries(preview)) return h(Strip, { levels: one.raw.flat(2), shape, range: rangeOf(preview) });
  if (hasTokens(preview)) return h(TokenStrip, { tokens: one.raw, preview });
  const names = preview.names.slice(0, COLUMNS).map(dataName);
  return h(
    "span",
    { class: "row-face" },
    names.map((name, at) =>
      h("span", { key: name }, `${name} `, h("b", null, one.raw[at] === null ? "–" : formatNumber(one.raw[at], 3))),
    ),
  );
}

/** The raw numbers of a sample as a network is asked: pictures 0..1.
 * @param {Answered} one @param {Preview} preview @returns {(number | null)[]} */
export function levelsOf(one, preview) {
  const levels = one.raw.flat(2);
  return isPicture(preview) ? levels.map((level) => level / WHITE) : levels;
}
