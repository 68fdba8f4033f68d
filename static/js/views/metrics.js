/** The numbers beside the picture: how good it is where it never looked, where it learned, and what lies between. */

import { h } from "preact";
import { formatNumber, formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";

/** @typedef {Record<string, number | string>} MetricNumbers of one evaluation, by name */

/** @typedef {"classes" | "numbers" | "masks"} Learned what is predicted */

/** The metric that says best how good a network is; higher is better but for numbers. */
export const BEST = { classes: "accuracy", numbers: "rmse", masks: "mean_iou" };

/** @param {{metrics: MetricNumbers | undefined, learned: Learned}} props */
export function MetricTiles({ metrics, learned }) {
  const held = metrics !== undefined && "validation_loss" in metrics;
  const split = held || !metrics ? "validation" : "train";
  const names = {
    validation_loss: t("views", "Validation loss"),
    train_loss: t("views", "Train loss"),
    validation_accuracy: t("views", "Validation accuracy"),
    train_accuracy: t("views", "Train accuracy"),
    validation_rmse: t("views", "Validation RMSE"),
    train_rmse: t("views", "Train RMSE"),
    validation_mean_iou: t("views", "Validation mean IoU"),
    train_mean_iou: t("views", "Train mean IoU"),
    validation_pixel_accuracy: t("views", "Validation pixels right"),
    train_pixel_accuracy: t("views", "Train pixels right"),
  };
  const second = learned === "masks" ? `${split}_pixel_accuracy` : `${split}_loss`;
  const third = learned === "masks" ? `${split}_loss` : "train_loss";
  const keys = [...new Set([`${split}_${BEST[learned]}`, second, third])];
  const gap = held ? numberOf(metrics?.validation_loss) - numberOf(metrics?.train_loss) : Number.NaN;
  return h(
    "div",
    { class: "metrics" },
    keys.map((key) =>
      h(Tile, {
        key,
        title: names[/** @type {keyof typeof names} */ (key)],
        value: metrics?.[key],
        share: isShare(key),
      }),
    ),
    split === "validation" &&
      h(Tile, {
        key: "gap",
        title: t("views", "Gap"),
        value: metrics && gap,
        words: gapWords(numberOf(metrics?.train_loss), numberOf(metrics?.validation_loss)),
      }),
  );
}

/** Whether a metric is a part of a whole, told in per cent. @param {string} name */
export const isShare = (name) => /(accuracy|_iou)$/.test(name);

/** @param {{title: string, value: number | string | undefined, share?: boolean, words?: string}} props */
function Tile({ title, value, share = false, words }) {
  const number = numberOf(value);
  const text = value === undefined ? "–" : share ? formatPercent(number) : formatNumber(number);
  return h(
    "div",
    { class: "metric" },
    h("span", null, title),
    h("b", { title: value === undefined ? "" : String(value) }, text),
    words && h("small", null, words),
  );
}

/** A metric as it travels: numbers that JSON has not come as words.
 * @param {number | string | undefined} value @returns {number} */
export function numberOf(value) {
  return value === undefined ? Number.NaN : Number(value);
}

/** The gap between training and validation in words.
 * @param {number} train loss @param {number} validation loss @returns {string} */
export function gapWords(train, validation) {
  const gap = validation - train;
  if (!Number.isFinite(gap)) return "";
  const scale = Math.max(Math.abs(train), 0.05);
  if (gap < -0.15 * scale) return t("views", "better on new samples");
  if (gap < 0.25 * scale) return t("views", "as good on new samples");
  if (gap < 1.5 * scale) return t("views", "somewhat worse on new samples");
  return t("views", "much worse on new samples: it memorises");
}
