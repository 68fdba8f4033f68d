/** The words of the walk through the samples. */

import { formatNumber, formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { className } from "./marks.js";

/** @typedef {import("./points.js").Preview} Preview */
/** @typedef {import("./faces.js").Answered} Answered */

/** @param {string} split */
export function splitTitle(split) {
  return { validation: t("views", "Validation"), train: t("views", "Train"), test: t("views", "Test") }[split] ?? split;
}

/** In which order, by the number that decides. @param {string} order @param {boolean} masks whether masks are compared */
export function orderTitle(order, masks) {
  const worst = masks ? t("views", "Smallest overlap") : t("views", "Largest loss");
  return { worst, sure: t("views", "Surely wrong"), rows: t("views", "In order") }[order] ?? order;
}

/** A cell of the confusion matrix in words. @param {string[]} classes @param {{truth: number, answer: number}} cell */
export function cellWords(classes, { truth, answer }) {
  const names = { truth: className(classes, truth), answer: className(classes, answer) };
  return truth === answer
    ? t("views", "Only {truth}, recognised", names)
    : t("views", "Only {truth}, taken for {answer}", names);
}

/** Which of how many are shown. @param {{total: number, step: number}} page @param {number} offset @param {number} count */
export function placeOf({ total, step }, offset, count) {
  const values = { first: String(offset + 1), last: String(offset + count), total: formatNumber(total), step: formatNumber(step) }; // prettier-ignore
  if (count === 0) return t("views", "none, at step {step}", values);
  return t("views", "{first} to {last} of {total}, at step {step}", values);
}

/** Below a sample, in two lines: the answer, and how sure it is. @param {Answered} sample @param {Preview} preview
 * @returns {[string, string]} */
export function shortOf(sample, { classes }) {
  const share = formatPercent(sample.share ?? 0, 0);
  if (sample.truth_mask) return ["", `IoU ${share}`];
  if (sample.drawn || isText(sample)) return ["", formatNumber(sample.loss, 3)];
  if (classes.length === 0) {
    const [truth, answer] = [formatNumber(sample.truth ?? NaN, 3), formatNumber(sample.answer ?? NaN, 3)];
    return [`${truth} → ${answer}`, ""];
  }
  const [truth, answer] = [className(classes, sample.truth ?? -1), className(classes, sample.answer ?? -1)];
  return [sample.truth === sample.answer ? answer : `✗ ${truth} → ${answer}`, share];
}

/** Whether a token is told at every place. @param {Answered} sample */
const isText = (sample) => Array.isArray(sample.truth);

/** A sample in a sentence. @param {Answered} sample @param {Preview} preview */
export function wordsOf(sample, { classes }) {
  const loss = formatNumber(sample.loss, 3);
  const share = formatPercent(sample.share ?? 0);
  const row = String(sample.row);
  if (sample.drawn) return t("views", "Sample {row}, and what is drawn of it: loss {loss}", { row, loss });
  if (isText(sample)) return t("views", "Window {row}: loss {loss}", { row, loss });
  if (sample.truth_mask)
    return t("views", "Sample {row}: the masks overlap by {share}, loss {loss}", { row, share, loss });
  if (classes.length === 0) {
    const values = { row, loss, truth: formatNumber(sample.truth ?? NaN), answer: formatNumber(sample.answer ?? NaN) };
    return t("views", "Sample {row}: is {truth}, predicted {answer}, loss {loss}", values);
  }
  const names = { truth: className(classes, sample.truth ?? -1), answer: className(classes, sample.answer ?? -1) };
  return sample.truth === sample.answer
    ? t("views", "Sample {row}: {truth}, recognised ({share}), loss {loss}", { row, loss, share, ...names })
    : t("views", "Sample {row}: is {truth}, taken for {answer} ({share}), loss {loss}", { row, loss, share, ...names });
}
