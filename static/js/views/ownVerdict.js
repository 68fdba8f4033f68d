/** What an accuracy on one's own data is worth: against always saying the same, and on rows it never saw. */

import { h } from "preact";
import { formatNumber, formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";

/** @typedef {import("./points.js").Preview} Preview */
/** @typedef {Record<string, number | string>} Metrics */
/** @typedef {{kind: "majority" | "suspicious" | "mean", values: Record<string, any>}} Finding */

const NO_BETTER = 0.005;
const TOO_GOOD = 0.97;

/** What can be worked out from a task's score and its other metrics. Of another score there is nothing to say.
 * @type {Record<string, (preview: Preview, split: "train" | "validation", of: (metric: string) => number) => Finding[]>} */
const BY_SCORE = {
  accuracy: (preview, split, of) => majorityFindings(preview, split, of("accuracy")),
  r2: (_, __, of) => meanFinding(of("rmse"), of("r2")),
};

/**
 * What there is to say. Pure.
 * @param {Preview} preview
 * @param {Metrics | undefined} metrics of the newest evaluation
 * @param {string | undefined} score of the task
 * @returns {Finding[]}
 */
export function findings(preview, metrics, score) {
  const split = preview.split.includes(1) ? "validation" : "train";
  return BY_SCORE[score ?? ""]?.(preview, split, (metric) => Number(metrics?.[`${split}_${metric}`] ?? NaN)) ?? [];
}

/** @param {Preview} preview @param {"train" | "validation"} split @param {number} held the accuracy @returns {Finding[]} */
function majorityFindings(preview, split, held) {
  const usual = most(preview.balance.train ?? []);
  const counts = preview.balance[split] ?? [];
  const share = (counts[usual] ?? 0) / counts.reduce((sum, count) => sum + count, 0);
  /** @type {Finding[]} */
  const found = [];
  if (Number.isFinite(share))
    found.push({
      kind: "majority",
      values: { name: preview.classes[usual], share, reached: held, gain: held - share },
    });
  if (split === "validation" && held >= TOO_GOOD && share < 0.9) found.push({ kind: "suspicious", values: { held } });
  return found;
}

/** @param {number} rmse @param {number} r2 @returns {Finding[]} */
function meanFinding(rmse, r2) {
  if (!Number.isFinite(rmse) || !(r2 < 1)) return [];
  return [{ kind: "mean", values: { rmse, always: rmse / Math.sqrt(1 - r2) } }];
}

/** @param {number[]} counts @returns {number} */
function most(counts) {
  return counts.reduce((best, count, at) => (count > counts[best] ? at : best), 0);
}

/** @param {{preview: Preview | null, metrics: Metrics | undefined, score: string | undefined, onColumns?: () => void}} props
 *   `onColumns` where there are columns to look at */
export function Verdict({ preview, metrics, score, onColumns }) {
  if (!preview) return null;
  const list = findings(preview, metrics, score).filter(({ kind }) => kind !== "suspicious" || onColumns);
  if (list.length === 0) return null;
  return h(
    "ul",
    { class: "verdict" },
    list.map((finding) =>
      h(
        "li",
        { key: finding.kind, class: finding.kind },
        h("span", null, sentence(finding)),
        finding.kind === "suspicious" &&
          h(Button, { class: "fix", onClick: onColumns }, t("own", "Look at the columns")),
      ),
    ),
  );
}

/** @param {Finding} finding @returns {string} */
function sentence({ kind, values }) {
  if (kind === "suspicious")
    return t(
      "own",
      "{held} on samples it never saw is rare with real tables. Does one of the inputs give the answer away?",
      { held: formatPercent(values.held) },
    );
  if (kind === "mean")
    return t("own", "Always saying the mean would be off by {always}; the network is off by {rmse}.", {
      always: formatNumber(values.always),
      rmse: formatNumber(values.rmse),
    });
  return majority(values);
}

/** @param {Record<string, any>} values */
function majority({ name, share, reached, gain }) {
  const told = { name, share: formatPercent(share), points: formatNumber(Math.round(gain * 100)) };
  if (!Number.isFinite(reached)) return t("own", "Always saying “{name}” would reach {share}.", told);
  if (gain < NO_BETTER)
    return t("own", "Always saying “{name}” would reach {share}; the network is no better than that yet.", told);
  return t("own", "Always saying “{name}” would reach {share}; the network is {points} points better.", told);
}
