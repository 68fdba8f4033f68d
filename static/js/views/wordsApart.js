/** What each word of a text matters to an answer: how the answer changes when it is left out, beside the attention on it. */

import { h } from "preact";
import { formatPercent } from "../i18n/numbers.js";
import { sentences, t } from "../i18n/t.js";
import { TableHead } from "../ui/tableHead.js";

/** How likely `of` is held with all words, and without each of them; null for one that is not left out.
 * @typedef {{of: string, share: number, without: (number | null)[]}} LeftOut */
/** What a part of a reply says of the words. @typedef {{left_out?: LeftOut, attention?: number[]}} Apart */

const FULL = 0.5; // the change that has the full colour

/** @param {{words: string[], leftOut: LeftOut, attention?: number[]}} props */
export function WordsApart({ words, leftOut: { of, share, without }, attention }) {
  const most = Math.max(...(attention ?? []), 1e-6);
  const told = { name: of, share: formatPercent(share) };
  return h(
    "figure",
    { class: "words-apart" },
    h(
      "div",
      { tabIndex: 0, role: "region", "aria-label": t("views", "What each word matters") },
      h(
        "table",
        null,
        h(TableHead, { titles: [t("views", "Word"), attention && t("views", "Attention"), t("views", "Left out")] }),
        h(
          "tbody",
          null,
          words.map((word, place) =>
            h(
              "tr",
              { key: place },
              h("th", { scope: "row" }, without[place] === null && words.length > 1 ? "▢" : word),
              attention && h("td", { style: shaded("--accent", attention[place] / most) }, formatPercent(attention[place])), // prettier-ignore
              h(Without, { share, without: without[place] }),
            ),
          ),
        ),
      ),
    ),
    h(
      "figcaption",
      { class: "quiet" },
      sentences(
        t("views", "“{name}” is held {share} likely; on the right, how likely it is with one word left out.", told),
        attention &&
          t("views", "Attention, the mean of all heads, says what is read. It is no explanation: a word can be looked at and change nothing, or the other way round. Source: Jain and Wallace 2019, arXiv:1902.10186."), // prettier-ignore
      ),
    ),
  );
}

/** @param {{share: number, without: number | null}} props */
function Without({ share, without }) {
  if (without === null) return h("td", null, "–");
  const change = without - share;
  return h("td", { style: shaded(change > 0 ? "--pos" : "--neg", Math.abs(change) / FULL) }, formatPercent(without));
}

/** @param {string} colour @param {number} strength 0..1 */
const shaded = (colour, strength) => ({
  background: `color-mix(in srgb, var(${colour}) ${Math.round(Math.min(strength, 1) * 60)}%, transparent)`,
});
