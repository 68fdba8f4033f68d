/** Texts with blanks, and the words that the network would put there. */

import { h } from "preact";
import { formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { useNewestFrame } from "./newestFrames.js";
import { tokenName } from "./tokenStrip.js";

/** @typedef {import("./points.js").Preview} Preview */
/** @typedef {import("../live/frameFormat.js").Frame} Frame */

/** @param {{source: import("./newestFrames.js").OneSource, preview: Preview}} props */
export function Fills({ source, preview }) {
  const frame = useNewestFrame(source);
  if (!frame) return h("p", { class: "quiet" }, t("views", "The text comes with the first step."));
  const [texts, places] = frame.arrays.tokens.shape;
  return h(
    "figure",
    { class: "fills" },
    Array.from({ length: texts }, (_, text) =>
      h(
        "p",
        { key: text },
        Array.from({ length: places }, (_, place) =>
          h(Word, { key: place, frame, at: text * places + place, preview }),
        ),
      ),
    ),
    h(
      "figcaption",
      { class: "quiet" },
      t(
        "views",
        "Blanks with the likeliest words, the likeliest first. A tick: it stands in the text; it was not shown.",
      ),
    ),
  );
}

/** A word of the text, or a blank with what would be put there.
 * @param {{frame: Frame, at: number, preview: Preview}} props `at` counts through all places of all texts */
function Word({ frame, at, preview }) {
  const vocabulary = preview.vocabulary ?? [];
  const { tokens, mask, fills, shares } = frame.arrays;
  if (vocabulary[tokens.data[at]] === "") return null;
  if (!mask.data[at]) return h("span", null, tokenName(vocabulary, tokens.data[at]));
  const words = fills.shape[2];
  return h(
    "span",
    { class: "fill", title: t("views", "In the text: {word}", { word: tokenName(vocabulary, tokens.data[at]) }) },
    Array.from({ length: words }, (_, rank) => {
      const token = fills.data[at * words + rank];
      const share = formatPercent(shares.data[at * words + rank]);
      const right = token === tokens.data[at];
      return h(rank ? "small" : "b", { key: rank }, `${tokenName(vocabulary, token)}${right ? " ✓" : ""} ${share}`);
    }),
  );
}
