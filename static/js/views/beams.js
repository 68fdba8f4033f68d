/** Beams: the texts that are likeliest so far, each going on from one of those before. */

import { h } from "preact";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { TableHead } from "../ui/tableHead.js";

/** As the server tells it. @typedef {{behind: number, text: string, looked?: number[], log_probability: number, score?: number,
 *   ended?: boolean}} Told */
/** `tokens` are those written so far, `looked` says for each where in the source it looked.
 *  @typedef {{tokens: string[], looked: number[][], logProbability: number, score?: number, ended: boolean}} Beam */

const MOST_SHARED = 24; // characters that all begin with; of more only the last are told again
const KEPT = 8; // characters

/** The beams after these parts, the best first.
 * @param {{beams?: Told[]}[]} parts @returns {Beam[]} */
export function grown(parts) {
  /** @type {Beam[]} */
  let beams = [];
  for (const { beams: told } of parts) {
    if (told) beams = told.map((beam) => longer(beams[beam.behind], beam));
  }
  return beams;
}

/** @param {Beam | undefined} before @param {Told} told @returns {Beam} */
function longer(before, { text, looked, log_probability, score, ended = false }) {
  return {
    tokens: [...(before?.tokens ?? []), ...(text ? [text] : [])],
    looked: [...(before?.looked ?? []), ...(text && looked ? [looked] : [])],
    logProbability: log_probability,
    score,
    ended,
  };
}

/** How many characters all these texts begin with. @param {string[]} texts */
export function shared(texts) {
  const [first, ...others] = texts;
  let count = 0;
  while (count < first.length && others.every((text) => text[count] === first[count])) count++;
  return count;
}

/** @param {{beams: Beam[]}} props */
export function Beams({ beams }) {
  if (beams.length === 0) return null;
  const texts = beams.map(({ tokens }) => tokens.join(""));
  const common = shared(texts);
  const from = texts.length > 1 && common > MOST_SHARED ? common - KEPT : 0;
  const scored = beams[0].score !== undefined;
  return h(
    "div",
    { class: "beams", tabIndex: 0, role: "region", "aria-label": t("views", "Beams") },
    h(
      "table",
      null,
      h(TableHead, {
        titles: [
          t("views", "Beam"),
          t("views", "log-probability"),
          scored && h("span", { title: t("views", "what beams are compared by") }, t("views", "/ length^penalty")),
        ],
      }),
      h(
        "tbody",
        null,
        beams.map(({ logProbability, score, ended }, at) =>
          h(
            "tr",
            { key: at, class: at === 0 ? "first" : undefined },
            h("th", { scope: "row" }, from > 0 && "…", texts[at].slice(from), ended && " ■"),
            h("td", null, formatNumber(logProbability, 4)),
            scored && h("td", null, formatNumber(score ?? NaN, 4)),
          ),
        ),
      ),
    ),
  );
}
