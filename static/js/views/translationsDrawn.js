/** What is translated: a few sources, what is written for them, and where in the source was looked for each token. */

import { h } from "preact";
import { useState } from "preact/hooks";
import { numberAt } from "../live/frameFormat.js";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";
import { Alignment } from "./alignment.js";
import { useNewestFrame } from "./newestFrames.js";

/** @typedef {import("./points.js").Preview} Preview */
/** @typedef {import("../live/frameFormat.js").Frame} Frame */
/** The tokens of one text in their words. @typedef {{source: string[], target: string[], written: string[]}} Pair */

const END = 1; // the token that ends what is written

/** @param {{source: import("./newestFrames.js").OneSource, preview: Preview}} props */
export function Translations({ source, preview }) {
  const frame = useNewestFrame(source);
  const [chosen, setChosen] = useState(0);
  if (!frame) return null;
  const pairs = pairsOf(frame, preview);
  const at = Math.min(chosen, pairs.length - 1);
  const right = pairs.filter(isRight).length;
  return h(
    "figure",
    { class: "translations" },
    h(
      "p",
      null,
      t("views", "{right} of {count} written exactly", { right: String(right), count: String(pairs.length) }),
    ),
    pairs.map((pair, number) =>
      h(Line, { key: number, pair, pressed: number === at, onChoose: () => setChosen(number) }),
    ),
    h(Alignment, { source: pairs[at].source, written: pairs[at].written, shares: sharesOf(frame, at, pairs[at]) }),
    h(
      "figcaption",
      { class: "quiet" },
      t(
        "views",
        "Texts that it never learned from, written freely. Below, from each token written, downwards, to the places of the source that it looked at, to the right.",
      ),
    ),
  );
}

/** @param {{pair: Pair, pressed: boolean, onChoose: () => void}} props */
function Line({ pair, pressed, onChoose }) {
  const right = isRight(pair);
  const gap = gapOf(pair.written.length ? pair.written : pair.target);
  return h(
    Button,
    { look: "quiet", pressed, onClick: onChoose },
    h("span", null, pair.source.join(gapOf(pair.source))),
    h(
      "b",
      { class: right ? "" : "wrong" },
      pair.written.map((token, at) =>
        h("span", { key: at, class: token === pair.target[at] ? "" : "wrong" }, at ? gap + token : token),
      ),
      right ? " ✓" : "",
    ),
    !right && h("small", null, t("views", "should be {text}", { text: pair.target.join(gap) })),
  );
}

/** The texts of a frame. @param {Frame} frame @param {Preview} preview @returns {Pair[]} */
export function pairsOf(frame, { vocabulary = [], target_vocabulary: answers = [] }) {
  const { sources, targets, written } = frame.arrays;
  const row = (/** @type {import("../live/frameFormat.js").FrameArray} */ { data, shape }, /** @type {number} */ at) =>
    Array.from(data.subarray(at * shape[1], (at + 1) * shape[1]));
  const ended = (/** @type {number[]} */ tokens) => tokens.slice(0, (tokens.indexOf(END) + 1 || tokens.length + 1) - 1);
  return Array.from({ length: sources.shape[0] }, (_, at) => ({
    source: row(sources, at).filter(Boolean).map((token) => vocabulary[token]), // prettier-ignore
    target: ended(row(targets, at)).map((token) => answers[token]),
    written: ended(row(written, at)).map((token) => answers[token]),
  }));
}

/** @param {Pair} pair */
export const isRight = ({ target, written }) =>
  target.length === written.length && target.every((token, at) => token === written[at]);

/** What stands between tokens: nothing where all are single characters. @param {string[]} tokens */
export const gapOf = (tokens) => (tokens.every((token) => [...token].length <= 1) ? "" : " ");

/** The shares that each token written gave to each of the source; none where nothing looks.
 * @param {Frame} frame @param {number} sample @param {Pair} pair */
function sharesOf(frame, sample, { source, written }) {
  const { looked } = frame.arrays;
  if (!looked) return [];
  return written.map((_, row) => source.map((_, place) => numberAt(looked, [sample, row, place]) ** 2));
}
