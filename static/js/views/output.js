/** What comes out: the answer of the network, how good it is, and the sealed test result. */

import { h } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/t.js";
import { Chip, SegmentedControl } from "../ui/controls.js";
import { LineView } from "./lineView.js";
import { MaskAnswer } from "./maskAnswer.js";
import { MetricTiles } from "./metrics.js";
import { Pad } from "./pad.js";
import { PlaneView } from "./planeView.js";
import { isPicture, learnedOf, SPLITS } from "./points.js";
import { Result } from "./result.js";
import { SealedTest, sealOf } from "./sealed.js";
import { Walk } from "./walk.js";

/**
 * @param {object} props
 * @param {any} props.experiment the document
 * @param {import("./points.js").Preview | null} props.preview of the dataset
 * @param {import("./frames.js").FrameSource} props.frames newest frame of each probe, or a signal of it
 * @param {{metrics: import("./metrics.js").MetricNumbers, confusion?: number[][] | null} | null} [props.evaluation] the newest
 * @param {any} [props.report] of the checker
 * @param {any} props.run of the document; null where there is none
 * @param {import("./asking.js").Asking} props.asking what a person asks of the run
 * @param {{path: string, unit: number, name?: string} | null} [props.peek] a neuron whose picture is shown instead of the answer
 * @param {number | null} [props.sample] place in the probe's list of samples; null where another is chosen
 * @param {(sample: number) => void} [props.onSample]
 * @param {(open: boolean) => void} [props.onTest] told whether the test result lies open
 * @param {any} [props.beside] what is said of the numbers, under them
 */
export function Output({ experiment, preview, frames, evaluation, run, asking, peek, sample = 0, onSample, ...props }) {
  const { onTest, beside } = props;
  const [tab, setTab] = useState("result");
  const [cell, setCell] = useState(/** @type {{truth: number, answer: number} | null} */ (null));
  const { open } = sealOf(experiment);
  useEffect(() => {
    onTest?.(open);
    return () => onTest?.(false);
  }, [open]);
  if (!preview)
    return h("div", { class: "output" }, h("p", { class: "quiet" }, t("views", "The data are being drawn.")));
  if (preview.group === "line" || isPlane(preview))
    return h(Overview, { experiment, preview, frames, evaluation, peek, sample, onSample });
  const tabs = [
    { value: "result", title: t("views", "Result") },
    ...(isPicture(preview) ? [{ value: "draw", title: t("views", "Draw") }] : []),
    { value: "samples", title: t("views", "Samples") },
  ];
  const shown = tabs.some(({ value }) => value === tab) ? tab : "result";
  const key = `${preview.shape.join()} ${preview.classes.join()}`;
  const openCell = (/** @type {number} */ truth, /** @type {number} */ answer) => {
    setCell({ truth, answer });
    setTab("samples");
  };
  return h(
    "div",
    { class: "output" },
    h(SegmentedControl, {
      label: t("views", "What is shown"),
      bare: true,
      value: shown,
      options: tabs,
      onInput: setTab,
    }),
    shown === "draw" &&
      h(Pad, { key, preview, asking, run, answer: learnedOf(preview) === "masks" ? MaskAnswer : undefined }),
    shown === "samples" && h(Walk, { key, preview, experiment, run, asking, cell, onCell: setCell }),
    shown === "result" &&
      h(Result, { experiment, preview, frames, evaluation, sample, onSample, onCell: openCell, beside }),
  );
}

/** The plane or the line with its samples. @param {any} props */
function Overview({ experiment, preview, frames, evaluation, peek }) {
  const [splits, setSplits] = useState(/** @type {ReadonlySet<number>} */ (new Set([0, 1])));
  const [mistakes, setMistakes] = useState(false);
  const toggle = (/** @type {number} */ split) => {
    const next = new Set(splits);
    if (!next.delete(split)) next.add(split);
    setSplits(next);
  };
  const learned = learnedOf(preview);
  const line = preview.group === "line";
  return h(
    "div",
    { class: "output" },
    line ? h(LineView, { frames, preview, splits }) : h(PlaneView, { frames, preview, splits, mistakes, peek }),
    h(MetricTiles, { metrics: evaluation?.metrics, learned }),
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
      !line &&
        learned === "classes" &&
        h(Chip, { title: t("views", "Mistakes"), value: mistakes, onInput: setMistakes }),
    ),
    h(SealedTest, { preview, evaluation, experiment }),
  );
}

/** @param {import("./points.js").Preview} preview */
const isPlane = (preview) => preview.range !== null && preview.shape.length === 1 && preview.raw[0]?.length === 2;

/** @param {number} split */
function shortName(split) {
  return [t("views", "Train"), t("views", "Validation"), t("views", "Test")][split];
}

const SPLIT_HINTS = () => [
  t("views", "Filled: the network learns from these"),
  t("views", "Hollow: you tune by these, the network never learns from them"),
  t("views", "Dark ring: kept for the end"),
];
