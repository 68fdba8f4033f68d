/** Simpler methods as level lines: which of their numbers belongs to a chart, and the lines themselves. Pure but for words. */

import { t } from "../i18n/t.js";

/** @typedef {import("./traces.js").Trace} Trace */
/**
 * What a simpler method reached. `inputs` says whether it was given the raw numbers or the features made by hand.
 * @typedef {{kind: string, title: string, inputs: "raw" | "features", metrics: Record<string, number>, help?: string}} Baseline
 */
/** @typedef {{key: string, title: string, value: number}} Level */

const POINTS = 65; // of a level line, so that each part of it that is zoomed into has some
const SPLITS = ["validation", "train"]; // the first that a method was measured on

/** The numbers that belong to the tab of a metric: those over the validation set, where there is one.
 * @param {Baseline[]} baselines @param {string} metric `accuracy`, `loss` @returns {Level[]} */
export function levelsOf(baselines, metric) {
  return baselines.flatMap(({ kind, title, inputs, metrics }) => {
    const name = SPLITS.map((split) => `${split}_${metric}`).find((key) => Number.isFinite(metrics[key]));
    const named = inputs === "features" ? t("charts", "{method} + features", { method: title }) : title;
    return name ? [{ key: `level ${kind} ${inputs}`, title: named, value: metrics[name] }] : [];
  });
}

/** What the losses of two networks are where one of them cannot tell real from drawn samples: no goal, but a mark.
 * @param {Record<string, number>} guides by name of the loss @returns {Level[]} */
export function guideLevels(guides) {
  const values = [...new Set(Object.values(guides))];
  const title = t("charts", "D knows nothing");
  return values.map((value) => ({ key: `level guide ${value}`, title, value }));
}

/** Level lines as wide as the lines that are drawn already.
 * @param {Level[]} levels @param {Trace[]} traces @param {boolean} logX @returns {Trace[]} */
export function levelTraces(levels, traces, logX) {
  const [low, high] = widthOf(traces, logX);
  if (levels.length === 0 || !(low < high)) return [];
  const place = (/** @type {number} */ part) => (logX ? low * (high / low) ** part : low + part * (high - low));
  const x = Float64Array.from({ length: POINTS }, (_, at) => place(at / (POINTS - 1)));
  x[POINTS - 1] = high; // else a rounded power could lie beyond the other lines
  return levels.map(({ key, title, value }) => ({
    key,
    title,
    x,
    y: new Float64Array(POINTS).fill(value),
    line: "level",
    weight: "plain",
    label: true,
  }));
}

/** @param {Trace[]} traces @param {boolean} logX @returns {[number, number]} */
function widthOf(traces, logX) {
  let [low, high] = [Infinity, -Infinity];
  for (const { x } of traces) {
    if (!x.length) continue;
    low = Math.min(low, logX ? (x.find((value) => value > 0) ?? Infinity) : x[0]);
    high = Math.max(high, x[x.length - 1]);
  }
  if (low === Infinity) return [logX ? 1 : 0, logX ? 10 : 1]; // nothing is trained yet: as wide as the empty chart
  return [logX ? low : Math.min(0, low), high];
}
