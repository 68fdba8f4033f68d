/** The likeliest tokens of a place: those that may come next, or fill a blank. */

import { h } from "preact";
import { formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { tokenName } from "./tokenStrip.js";
import { WordsApart } from "./wordsApart.js";

/** @typedef {{token: string, number: number, held: number, share: number}} Likely */

/** The likeliest tokens: which share of the choice each has, and how likely the network holds it by itself.
 * @param {{part: {next: Likely[], others: {count: number, share: number}, place?: number, word?: string, held?: number}
 *   & import("./wordsApart.js").Apart,
 *   number: number, text: string}} props `number` counts blanks of the text */
export function NextToken({ part, number, text }) {
  const { next, others, place, word, held: share = 0, left_out: leftOut, attention } = part;
  const most = Math.max(...next.map(({ share }) => share));
  return h(
    "figure",
    { class: "reply" },
    place !== undefined &&
      h("figcaption", null, word === undefined
        ? t("views", "Blank {number}", { number: String(number) })
        : t("views", "Blank {number}: “{word}” stood there; it is held {share} likely", { number: String(number), word, share: formatPercent(share) })), // prettier-ignore
    h(
      "div",
      { class: "shares next-tokens", role: "list", tabIndex: 0, "aria-label": t("views", "How likely each token is to be chosen next") }, // prettier-ignore
      next.map(({ token, number, held, share }) => {
        const told = { share: formatPercent(held) };
        const title = share > 0 ? t("views", "the network holds it {share} likely", told) : t("views", "left out; the network holds it {share} likely", told); // prettier-ignore
        return h(
          "div",
          { key: number, class: `share${share === most ? " first" : ""}${share > 0 ? "" : " left-out"}`, role: "listitem", title }, // prettier-ignore
          h("span", { class: "share-name" }, tokenName([token], 0)),
          h("span", { class: "rail", "aria-hidden": "true" }, h("i", { style: { width: `${100 * share}%` } })),
          h("span", { class: "value" }, formatPercent(share)),
        );
      }),
    ),
    others.count > 0 &&
      h("figcaption", { class: "quiet" }, t("views", "{count} other tokens have {share} together.", { count: String(others.count), share: formatPercent(others.share) })), // prettier-ignore
    leftOut && h(WordsApart, { words: text.split(/\s+/).filter(Boolean), leftOut, attention }),
  );
}
