/** What comes out for data that no plane shows: how good the network is, on which classes, on which samples. */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { Confusion } from "./confusion.js";
import { className } from "./marks.js";
import { MaskView } from "./masks.js";
import { MetricTiles } from "./metrics.js";
import { isPicture, isSeries, learnedOf } from "./points.js";
import { PredictedTrue, SampleAnswers } from "./samples.js";
import { SealedTest } from "./sealed.js";

/** @param {any} props */
export function Result({ experiment, preview, frames, evaluation, sample, onSample, onCell, beside }) {
  const learned = learnedOf(preview);
  return [
    learned === "masks" && h(MaskView, { frames, preview, evaluation, sample, onSample }),
    learned === "classes" && h(Matrix, { evaluation, preview, onCell }),
    learned === "numbers" && h(PredictedTrue, { frames, preview }),
    h(MetricTiles, { metrics: evaluation?.metrics, learned }),
    beside,
    learned === "classes" &&
      (isPicture(preview) || isSeries(preview)) &&
      h(SampleAnswers, { frames, preview, sample, onSample }),
    h(SealedTest, { preview, evaluation, experiment }),
  ];
}

/** @param {{evaluation?: {metrics: any, confusion?: number[][] | null} | null, preview: import("./points.js").Preview,
 *   onCell: (truth: number, answer: number) => void}} props */
function Matrix({ evaluation, preview, onCell }) {
  const classes = preview.classes.map((_, number) => className(preview.classes, number));
  const fits = evaluation?.confusion?.length === classes.length;
  const matrix = fits ? evaluation.confusion : null;
  const held = !evaluation || "validation_loss" in evaluation.metrics;
  return h(Confusion, { matrix, classes, split: splitName(held ? 1 : 0), onOpen: onCell });
}

/** @param {number} split */
function splitName(split) {
  return [t("views", "Train set"), t("views", "Validation set"), t("views", "Test set")][split];
}
