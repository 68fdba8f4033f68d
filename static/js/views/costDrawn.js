/** What a run that learns from tokens has cost, beside what is known of GPT-2 and GPT-3: bars on one axis of powers of 10. */

import { h } from "preact";
import { numbersOf } from "../api/shapes.js";
import { formatDuration, formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";

/** How many of each; null where nobody has told. @typedef {{parameters: number | null, tokens: number | null, multiplyAdds: number | null}} Spent */

// Radford et al. 2019 tell of parameters and 40 GB of text, about four bytes a token, but not how often it was read.
/** @type {Spent} */
export const GPT_2 = { parameters: 1.542e9, tokens: null, multiplyAdds: null };
// Brown et al. 2020, arXiv:2005.14165, table D.1: 3.14e23 operations, of which a product and its sum are two.
/** @type {Spent} */
export const GPT_3 = { parameters: 1.746e11, tokens: 3e11, multiplyAdds: 1.57e23 };
const TOP = 24; // the power of 10 at the end of the axis

/** @param {{run?: import("../live/run.js").Run, preview?: import("./points.js").Preview | null}} props */
export function Cost({ run, preview }) {
  const spent = run && spentBy(run.started.value, run.speed.value, numbersOf(preview?.shape ?? null) ?? 0);
  if (!spent) return h("p", { class: "quiet" }, t("views", "Nothing has been learned yet."));
  const seconds = /** @type {number} */ (run.speed.value?.seconds ?? 0);
  const years = secondsOf(GPT_3, spent, seconds) / (365.25 * 24 * 3600);
  /** @type {[string, keyof Spent][]} */
  const lines = [
    [t("views", "Parameters"), "parameters"],
    [t("views", "Tokens read"), "tokens"],
    [t("views", "Multiply-adds"), "multiplyAdds"],
  ];
  /** @type {[string, Spent][]} */
  const all = [
    [t("views", "This run"), spent],
    ["GPT-2", GPT_2],
    ["GPT-3", GPT_3],
  ];
  return h(
    "figure",
    { class: "cost" },
    h(
      "div",
      { class: "cost-tables" },
      lines.map(([title, name]) =>
        h(
          "table",
          { key: name },
          h("caption", null, title),
          h(
            "tbody",
            null,
            all.map(([who, of]) => h(Bar, { key: who, who, value: of[name] })),
          ),
        ),
      ),
    ),
    h(
      "figcaption",
      { class: "quiet" },
      t(
        "views",
        "From 1 to 10²⁴, each step of the axis ten times as many. This run took {time}; at its speed GPT-3 would take {years} years. Sources: Radford et al. 2019; Brown et al. 2020, arXiv:2005.14165, table D.1.",
        { time: formatDuration(seconds), years: formatNumber(years, 2) },
      ),
    ),
  );
}

/** @param {{who: string, value: number | null}} props */
function Bar({ who, value }) {
  return h(
    "tr",
    null,
    h("th", { scope: "row" }, who),
    h("td", { class: "cost-bar" }, value !== null && h("i", { style: { width: `${shareOf(value) * 100}%` } })),
    h("td", null, value === null ? t("views", "not told") : formatNumber(value, 3)),
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

/** How many seconds something would have taken at the speed of a run. @param {Spent} other @param {Spent} spent
 * @param {number} seconds of the run */
export const secondsOf = (other, spent, seconds) =>
  ((other.multiplyAdds ?? 0) / Math.max(spent.multiplyAdds ?? 0, 1)) * seconds;
