/** Metrics by name: what they are called, and where their values can lie. */

import { t } from "../i18n/t.js";

/** @type {Record<string, {title: string, low?: number, high?: number}>} */
export const METRICS = {
  loss: { title: "Loss", low: 0 },
  accuracy: { title: "Accuracy", low: 0, high: 1 },
  macro_f1: { title: "Macro F1", low: 0, high: 1 },
  mean_iou: { title: "Mean IoU", low: 0, high: 1 },
  pixel_accuracy: { title: "Pixel accuracy", low: 0, high: 1 },
  rmse: { title: "RMSE", low: 0 },
  mae: { title: "MAE", low: 0 },
  r2: { title: "R²", high: 1 },
};
/** @type {Record<string, string>} */
const OTHERS = { learning_rate: "Learning rate", gradient_norm: "Gradient norm" };
export const SPLITS = /** @type {const} */ (["train", "validation", "test"]);

/** Of which samples a metric speaks, where its name says so. @param {string} name */
export function splitOf(name) {
  return SPLITS.find((split) => name.startsWith(`${split}_`));
}

/** The name of a metric in words: `validation_loss` is "Validation loss". @param {string} name */
export function metricTitle(name) {
  const split = splitOf(name);
  if (!split) return t("live", OTHERS[name] ?? name);
  const kind = name.slice(split.length + 1);
  const title = METRICS[kind]?.title ?? kind;
  return t("live", TEMPLATES[split], { metric: inSentence(t("live", title)) });
}

const TEMPLATES = { train: "Training {metric}", validation: "Validation {metric}", test: "Test {metric}" };

/** "Loss" is "loss" within a name, but "RMSE" stays. @param {string} title */
function inSentence(title) {
  return /^[A-Z][a-z]/.test(title) ? title[0].toLowerCase() + title.slice(1) : title;
}
