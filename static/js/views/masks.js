/** Masks while they are learned: the chosen samples under their true and predicted masks, and how well these overlap. */

import { h } from "preact";
import { useMemo, useState } from "preact/hooks";
import { sizeOf } from "../api/shapes.js";
import { formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { SegmentedControl, Slider } from "../ui/controls.js";
import { useNewestFrame } from "./newestFrames.js";
import { className, SIGNS } from "./marks.js";
import { Masked, MOST_TINT } from "./masked.js";
import { iou, meanIou, overlaps, overlapsOf } from "./overlap.js";
import { onPaper } from "./pictures.js";
import { groundOf } from "./points.js";

/** @typedef {import("./points.js").Preview} Preview */
/** @typedef {import("./overlap.js").Overlap} Overlap */

const BYTE = 255;

/**
 * @param {object} props
 * @param {import("./newestFrames.js").OneSource} props.source
 * @param {Preview} props.preview
 * @param {{confusion?: number[][] | null} | null | undefined} props.evaluation counted pixels, rows are true classes
 * @param {number} props.sample
 * @param {(sample: number) => void} [props.onSample]
 */
export function MaskView({ source, preview, evaluation, sample, onSample }) {
  const frame = useNewestFrame(source);
  const [tint, setTint] = useState(100 * MOST_TINT);
  const [shown, setShown] = useState("prediction");
  const [pointed, setPointed] = useState("");
  const { classes } = preview;
  const over = frame && String(frame.about.classes) === String(classes) ? frame : null;
  const counted = evaluation?.confusion?.length === classes.length ? evaluation.confusion : null;
  const { truth, predicted, share, inputs } = over?.arrays ?? {};
  const whole = useMemo(() => {
    if (counted) return overlapsOf(counted);
    return over ? overlaps(truth.data, predicted.data, classes.length) : null;
  }, [counted, over]);
  const [count, height, width] = truth?.shape ?? [0, 0, 0];
  const plane = height * width;
  const shape = [sizeOf(preview.shape, "channels") ?? 1, height, width];
  const light = { white: BYTE, paper: onPaper(preview) };
  const part = (/** @type {any} */ array, /** @type {number} */ at, size = plane) =>
    array.data.subarray(at * size, (at + 1) * size);
  /** @param {PointerEvent & {currentTarget: HTMLElement}} event @param {number} at */
  const point = (event, at) => {
    const box = /** @type {HTMLElement} */ (event.currentTarget.querySelector("canvas")).getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * width);
    const row = Math.floor(((event.clientY - box.top) / box.height) * height);
    if (column < 0 || row < 0 || column >= width || row >= height) return setPointed("");
    const pixel = at * plane + row * width + column;
    const values = {
      truth: className(classes, truth.data[pixel]),
      answer: className(classes, predicted.data[pixel]),
      share: formatPercent(share.data[pixel] / BYTE, 0),
    };
    const right = truth.data[pixel] === predicted.data[pixel];
    setPointed(
      right
        ? t("views", "{truth}, recognised ({share})", values)
        : t("views", "Is {truth}, taken for {answer} ({share})", values),
    );
  };
  return h(
    "section",
    { class: "masks", "aria-label": t("views", "Masks of the chosen samples") },
    h(Legend, { classes, whole, samples: counted ? null : count }),
    over
      ? h(
          "div",
          { class: "mask-grid", onPointerLeave: () => setPointed("") },
          Array.from({ length: count }, (_, at) =>
            h(
              "button",
              {
                key: at,
                type: "button",
                class: `walk-sample${at === sample ? " chosen" : ""}`,
                "aria-pressed": at === sample,
                "aria-label": spoken(overlaps(part(truth, at), part(predicted, at), classes.length), classes, at),
                onClick: () => onSample?.(at),
                onPointerMove: (/** @type {any} */ event) => point(event, at),
              },
              h(Masked, {
                levels: part(inputs, at, plane * shape[0]),
                shape,
                light,
                truth: part(truth, at),
                predicted: part(predicted, at),
                classes,
                tint: tint / 100,
                difference: shown === "difference",
              }),
            ),
          ),
        )
      : h("p", { class: "quiet" }, t("views", "The masks come with the first picture of the network.")),
    h(
      "p",
      { class: "plane-pointer" },
      pointed
        ? h("b", null, pointed)
        : h("span", { class: "quiet" }, t("views", "Outlines are true, tints are predicted. Point at a pixel to read it.")), // prettier-ignore
    ),
    h(
      "div",
      { class: "form" },
      h(SegmentedControl, {
        label: t("views", "Over the pictures"),
        bare: true,
        value: shown,
        options: [
          { value: "prediction", title: t("views", "Prediction") },
          { value: "difference", title: t("views", "Mistakes") },
        ],
        onInput: setShown,
      }),
      h(Slider, {
        label: t("views", "Strength of the tint"),
        value: tint,
        min: 0,
        max: 100 * MOST_TINT,
        step: 1,
        integer: true,
        unit: "%",
        onInput: (value) => setTint(Math.min(100 * MOST_TINT, Math.max(0, value))),
      }),
    ),
  );
}

/** The colour and sign of each class, and how well its masks overlap.
 * @param {{classes: string[], whole: Overlap[] | null, samples: number | null}} props `samples` where only these count */
function Legend({ classes, whole, samples }) {
  const ground = groundOf(classes);
  return h(
    "figure",
    { class: "mask-legend" },
    h(
      "ul",
      null,
      classes.map((_, number) => {
        const overlap = whole && iou(whole[number]);
        return h(
          "li",
          { key: number },
          number === ground
            ? h("i", { class: "sign", "aria-hidden": "true" }, "□")
            : h("i", { class: `sign class-${number % 10}`, "aria-hidden": "true" }, SIGNS[number % 10]),
          h("span", null, className(classes, number)),
          h("b", null, overlap === null || overlap === undefined ? "–" : formatPercent(overlap)),
        );
      }),
    ),
    h(
      "figcaption",
      { class: "quiet" },
      samples === null
        ? t("views", "Overlap of true and predicted mask (IoU), all samples held back")
        : t("views", "Overlap of true and predicted mask (IoU), these {count} samples", { count: String(samples) }),
    ),
  );
}

/** @param {Overlap[]} found @param {string[]} classes @param {number} at */
function spoken(found, classes, at) {
  const words = found.flatMap((overlap, number) => {
    const share = iou(overlap);
    return share === null ? [] : `${className(classes, number)} ${formatPercent(share, 0)}`;
  });
  const values = { number: String(at + 1), share: formatPercent(meanIou(found) ?? 0), words: words.join(t("views", ", ")) }; // prettier-ignore
  return t("views", "Sample {number}: mean overlap {share} ({words})", values);
}
