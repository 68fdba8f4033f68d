/** Metrics by their names in a run, `validation_accuracy`: what they are called, and how their values are written. */

import { metrics, networkTitle } from "../api/parts.js";
import { formatAs } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";

/** @typedef {import("../api/parts.js").Metric} Metric */

/** @type {Record<string, string>} */
const OTHERS = { learning_rate: "Learning rate", gradient_norm: "Gradient norm" };
const NORM_OF = "gradient_norm_"; // then the name of a network
const TEMPLATES = { train: "Training {metric}", validation: "Validation {metric}", test: "Test {metric}" };
export const SPLITS = /** @type {const} */ (["train", "validation", "test"]);

/** Of which samples a metric speaks, where its name says so. @param {string} name */
export function splitOf(name) {
  return SPLITS.find((split) => name.startsWith(`${split}_`));
}

/** On which samples a network is judged: those held back, where there are any. @param {Record<string, unknown>} [metrics] */
export const judgedOn = (metrics) =>
  !metrics || Object.keys(metrics).some((name) => name.startsWith("validation_")) ? "validation" : "train";

/** A name without its split: `accuracy` of `validation_accuracy`. @param {string} name */
export const kindOf = (name) => name.slice((splitOf(name)?.length ?? -1) + 1);

/** The metric that is called so, with or without a split. @param {string} name @param {Metric[]} [list] */
export function metricOf(name, list = metrics.value) {
  const kind = kindOf(name);
  return list.find((metric) => metric.name === kind);
}

/** Where a metric stands among those there are; an unknown one comes last. @param {string} name @param {Metric[]} [list] */
export function orderOf(name, list = metrics.value) {
  const place = list.findIndex((metric) => metric.name === kindOf(name));
  return place < 0 ? list.length : place;
}

/** What an axis needs to know of a metric. @param {string} name @param {Metric[]} [list]
 * @returns {{low?: number, high?: number, written?: import("../i18n/numbers.js").Written}} */
export function boundsOf(name, list = metrics.value) {
  const { low, high, written } = metricOf(name, list) ?? {};
  return { low: low ?? undefined, high: high ?? undefined, written };
}

/** A metric's value as it is written everywhere. @param {string} name with or without its split
 * @param {number | string | null | undefined} value @param {Metric[]} [list] */
export function formatMetric(name, value, list = metrics.value) {
  return formatAs(metricOf(name, list)?.written, value);
}

/** The name of a metric in words: `validation_loss` is "Validation loss". @param {string} name @param {Metric[]} [list] */
export function metricTitle(name, list = metrics.value) {
  const split = splitOf(name);
  if (name.startsWith(NORM_OF))
    return `${networkTitle(name.slice(NORM_OF.length))} · ${t("live", OTHERS.gradient_norm)}`;
  if (!split) return t("live", OTHERS[name] ?? name);
  return t("live", TEMPLATES[split], { metric: inSentence(name, list) });
}

/** What a metric is called within a sentence: "Loss" is "loss" there, but "RMSE" stays. @param {string} name
 * @param {Metric[]} [list] */
export function inSentence(name, list = metrics.value) {
  const title = metricOf(name, list)?.title ?? kindOf(name);
  return /^[A-Z][a-z]/.test(title) ? title[0].toLowerCase() + title.slice(1) : title;
}
