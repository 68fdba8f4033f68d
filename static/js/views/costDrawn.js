/** What a run that learns from tokens has cost, beside what is known of GPT-2 and GPT-3: bars on one axis of powers of 10. */

import { h } from "preact";
import { numbersOf } from "../api/shapes.js";
import { formatDuration, formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";

/** How many of each; null where nobody has told.
 * @typedef {{parameters: number | null, tokens: number | null, multiplyAdds: number | null}} Spent */

// Radford et al. 2019 tell of parameters and 40 GB of text, about four bytes a token, but not how often it was read.
/** @type {Spent} */
export const GPT_2 = { parameters: 1.542e9, tokens: null, multiplyAdds: null };
// Brown et al. 2020, arXiv:2005.14165, table D.1: 3.14e23 operations, of which a product and its sum are two.
/** @type {Spent} */
export const GPT_3 = { parameters: 1.746e11, tokens: 3e11, multiplyAdds: 1.57e23 };
// Of one pass over that text, about 10¹⁰ tokens: each weight is used once forward and twice back.
export const GPT_2_PASS = 3 * 1.542e9 * 1e10;
const TOP = 24; // the power of 10 at the end of the axis

/** @param {{run?: import("../live/run.js").Run, preview?: import("./points.js").Preview | null}} props */
export function Cost({ run, preview }) {
  const spent = run && spentBy(run.started.value, run.speed.value, numbersOf(preview?.shape ?? null) ?? 0);
  if (!spent) return h("p", { class: "quiet" }, t("views", "Nothing has been learned yet."));
  const seconds = /** @type {number} */ (run.speed.value?.seconds ?? 0);
  const gpt3 = secondsOf(/** @type {number} */ (GPT_3.multiplyAdds), spent, seconds);
  const years = gpt3 / (365.25 * 24 * 3600);
  const all = [spent, GPT_2, GPT_3];
  const names = [t("views", "This run"), "GPT-2", "GPT-3"];
  /** @type {[string, (number | null)[], string[]?][]} */
  const lines = [
    [t("views", "Parameters"), all.map((network) => network.parameters)],
    [t("views", "Tokens read"), all.map((network) => network.tokens)],
    [t("views", "Multiply-adds"), all.map((network) => network.multiplyAdds)],
    [
      t("views", "Seconds, at the speed of this run"),
      [seconds, secondsOf(GPT_2_PASS, spent, seconds), gpt3],
      ["", "≥ ", "≈ "],
    ],
  ];
  return h(
    "figure",
    { class: "cost" },
    h(
      "div",
      { class: "cost-tables" },
      lines.map(([title, values, about = []]) =>
        h(
          "table",
          { key: title },
          h("caption", null, title),
          h(
            "tbody",
            null,
            names.map((who, at) => h(Bar, { key: who, who, value: values[at], about: about[at] })),
          ),
        ),
      ),
    ),
    h(
      "figcaption",
      { class: "quiet" },
      t(
        "views",
        "From 1 to 10²⁴, each step of the axis ten times as many. This run took {time}; at its speed GPT-3 would take {years} years. How often GPT-2 read its 40 GB of text is not told: its seconds are those of one pass. Sources: Radford et al. 2019; Brown et al. 2020, arXiv:2005.14165, table D.1.",
        { time: formatDuration(seconds), years: formatNumber(years, 2) },
      ),
    ),
  );
}

/** @param {{who: string, value: number | null, about?: string}} props `about` says that it is an estimate, or the least */
function Bar({ who, value, about = "" }) {
  return h(
    "tr",
    null,
    h("th", { scope: "row" }, who),
    h("td", { class: "cost-bar" }, value !== null && h("i", { style: { width: `${shareOf(value) * 100}%` } })),
    h("td", null, value === null ? t("views", "not told") : `${about}${formatNumber(value, 3)}`),
  );
}

/** Where a number lies on the axis, from 0 to 1. @param {number} value */
export const shareOf = (value) => Math.min(1, Math.max(0, Math.log10(Math.max(value, 1)) / TOP));

/** What a run has spent so far; null before it has learned for a moment.
 * @param {import("../live/columns.js").RunEvent | null} started @param {import("../live/columns.js").RunEvent | null} speed
 * @param {number} places tokens of a sample @returns {Spent | null} */
export function spentBy(started, speed, places) {
  if (!started || !speed || !speed.epochs_per_second) return null;
  const samples = Math.round(speed.samples_per_second / speed.epochs_per_second); // of an epoch; both come rounded
  return {
    parameters: started.parameters,
    tokens: Math.round(speed.epoch * samples * places),
    multiplyAdds: speed.multiply_adds,
  };
}

/** How many seconds so many multiply-adds would have taken at the speed of a run.
 * @param {number} multiplyAdds @param {Spent} spent @param {number} seconds of the run */
export const secondsOf = (multiplyAdds, spent, seconds) =>
  (multiplyAdds / Math.max(spent.multiplyAdds ?? 0, 1)) * seconds;
