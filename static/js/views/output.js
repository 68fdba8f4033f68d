/** What comes out: the answer of the network, how good it is, and the sealed test result. */

import { h } from "preact";
import { useState } from "preact/hooks";
import { t } from "../i18n/t.js";
import { Chip } from "../ui/controls.js";
import { Confusion } from "./confusion.js";
import { LineView } from "./lineView.js";
import { className } from "./marks.js";
import { MetricTiles } from "./metrics.js";
import { PlaneView } from "./planeView.js";
import { SPLITS } from "./points.js";
import { PictureAnswers, PredictedTrue } from "./samples.js";
import { SealedTest } from "./sealed.js";

/**
 * @param {object} props
 * @param {any} props.experiment the document
 * @param {import("./points.js").Preview | null} props.preview of the dataset
 * @param {import("./frames.js").FrameSource} props.frames newest frame of each probe, or a signal of it
 * @param {{metrics: import("./metrics.js").MetricNumbers, confusion?: number[][] | null} | null} [props.evaluation] the newest
 * @param {any} [props.report] of the checker
 * @param {{path: string, unit: number, name?: string} | null} [props.peek] a neuron whose picture is shown instead of the answer
 * @param {number} [props.sample] place in the probe's list of samples
 * @param {(sample: number) => void} [props.onSample]
 * @param {(open: boolean) => void} [props.onTest] told whether the test result lies open
 */
export function Output({ experiment, preview, frames, evaluation, peek, sample = 0, onSample, onTest }) {
  const [splits, setSplits] = useState(/** @type {ReadonlySet<number>} */ (new Set([0, 1])));
  const [mistakes, setMistakes] = useState(false);
  const classification = (preview?.classes.length ?? 0) > 0;
  if (!preview)
    return h("div", { class: "output" }, h("p", { class: "quiet" }, t("views", "The data are being drawn.")));
  const toggle = (/** @type {number} */ split) => {
    const next = new Set(splits);
    if (!next.delete(split)) next.add(split);
    setSplits(next);
  };
  const plane = preview.range !== null && preview.shape.length === 1 && preview.raw[0]?.length === 2;
  const line = preview.group === "line";
  const view = line
    ? h(LineView, { frames, preview, splits })
    : plane
      ? h(PlaneView, { frames, preview, splits, mistakes, peek })
      : null;
  return h(
    "div",
    { class: "output" },
    view,
    view && h(MetricTiles, { metrics: evaluation?.metrics, classification }),
    view &&
      h(
        "div",
        { class: "output-shown", role: "group", "aria-label": t("views", "Samples that are shown") },
        SPLITS.map(
          (name, split) =>
            preview.split.includes(split) &&
            h(Chip, {
              key: name,
              title: shortName(split),
              value: splits.has(split),
              onInput: () => toggle(split),
              hint: SPLIT_HINTS()[split],
            }),
        ),
        plane && classification && h(Chip, { title: t("views", "Mistakes"), value: mistakes, onInput: setMistakes }),
      ),
    !view && classification && h(Matrix, { evaluation, preview }),
    !view && !classification && h(PredictedTrue, { frames, preview }),
    !view && h(MetricTiles, { metrics: evaluation?.metrics, classification }),
    preview.group === "picture" && h(PictureAnswers, { frames, preview, sample, onSample }),
    preview.split.includes(2) &&
      h(SealedTest, { metrics: evaluation?.metrics, experiment, classification, onOpen: onTest }),
  );
}

/** @param {{evaluation?: {metrics: any, confusion?: number[][] | null} | null, preview: import("./points.js").Preview}} props */
function Matrix({ evaluation, preview }) {
  const classes = preview.classes.map((_, number) => className(preview.classes, number));
  const fits = evaluation?.confusion?.length === classes.length;
  const matrix = fits ? evaluation.confusion : null;
  const held = !evaluation || "validation_loss" in evaluation.metrics;
  return h(Confusion, { matrix, classes, split: splitName(held ? 1 : 0) });
}

/** @param {number} split */
function shortName(split) {
  return [t("views", "Train"), t("views", "Validation"), t("views", "Test")][split];
}

/** @param {number} split */
function splitName(split) {
  return [t("views", "Train set"), t("views", "Validation set"), t("views", "Test set")][split];
}

const SPLIT_HINTS = () => [
  t("views", "Filled: the network learns from these"),
  t("views", "Hollow: you tune by these, the network never learns from them"),
  t("views", "Dark ring: kept for the end"),
];
