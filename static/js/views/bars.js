/** One bar a layer: how strong its gradient is, how far a step moves it; and how its weights are spread. */

import { h } from "preact";
import { formatNumber, formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { useNewestFrame } from "./newestFrames.js";
import { numberOf } from "./metrics.js";
import { nameOfPath } from "./paths.js";

/** @typedef {{layers?: Record<string, Record<string, number | string>>} | null | undefined} Evaluation the newest */
/** @typedef {(path: string) => string} NameOf what a layer is called; its path where left out */

/** Norm of the gradient in each layer, on a scale of powers of ten.
 * @param {{evaluation: Evaluation, nameOf?: NameOf}} props */
export function GradientFlow({ evaluation, nameOf }) {
  return h(LayerBars, {
    evaluation,
    field: "gradient_norm",
    nameOf,
    label: t("views", "Size of the gradient in each layer"),
    note: t("views", "Bars that shrink from the output towards the input mean that the first layers hardly learn."),
  });
}

/** Norm of the last update over that of the weights; a thousandth is a usual size.
 * @param {{evaluation: Evaluation, nameOf?: NameOf}} props */
export function UpdateRatio({ evaluation, nameOf }) {
  return h(LayerBars, {
    evaluation,
    field: "update_ratio",
    nameOf,
    guide: 1e-3,
    label: t("views", "How far one step moves the weights of each layer, against their size"),
    note: t("views", "Near the mark, 1 in 1,000, is usual. Far right of it training jumps, far left it crawls."),
  });
}

/** @param {{evaluation: Evaluation, field: string, nameOf?: NameOf, label: string, note: string, guide?: number}} props */
function LayerBars({ evaluation, field, nameOf = nameOfPath, label, note, guide }) {
  const rows = Object.entries(evaluation?.layers ?? {}).map(([path, layer]) => ({
    path,
    value: numberOf(layer[field]),
  }));
  if (rows.length === 0) return h("p", { class: "quiet" }, t("views", "Nothing has been learned yet."));
  const scale = logScale([...rows.map((row) => row.value), ...(guide ? [guide / 10, guide * 10] : [])]);
  return h(
    "div",
    null,
    h(
      "div",
      { class: "bars", role: "list", "aria-label": label },
      rows.map(({ path, value }) =>
        h(
          "div",
          { key: path, class: "bar-row", role: "listitem" },
          h("span", { class: "bar-name", title: nameOfPath(path) }, nameOf(path)),
          h(
            "span",
            { class: "rail", "aria-hidden": "true" },
            h("i", { style: { width: `${100 * scale(value)}%` } }),
            guide && h("span", { class: "guide", style: { left: `${100 * scale(guide)}%` } }),
          ),
          h("b", { class: "value" }, formatNumber(value)),
        ),
      ),
    ),
    h("p", { class: "bars-note" }, note),
  );
}

/** From a number to its place 0..1 on a scale of powers of ten that holds all of them.
 * @param {number[]} values @returns {(value: number) => number} */
function logScale(values) {
  const powers = values.filter((value) => value > 0 && Number.isFinite(value)).map(Math.log10);
  if (powers.length === 0) return () => 0;
  const low = Math.floor(Math.min(...powers) - 0.3);
  const high = Math.max(low + 1, Math.ceil(Math.max(...powers)));
  return (value) => {
    if (!(value > 0)) return 0;
    return Math.min(1, Math.max(0, (Math.log10(value) - low) / (high - low)));
  };
}

/** The spread of each layer's weights.
 * @param {{source: import("./newestFrames.js").OneSource, nameOf?: NameOf}} props */
export function WeightHistograms({ source, nameOf = nameOfPath }) {
  const frame = useNewestFrame(source);
  const spans = Object.entries(frame?.about.histograms ?? {});
  if (!frame || spans.length === 0) return h("p", { class: "quiet" }, t("views", "There are no weights to show yet."));
  return h(
    "div",
    { class: "histograms" },
    spans.map(([path, span]) => {
      const counts = Array.from(frame.arrays[`histogram:${path}`].data);
      return h(Histogram, { key: path, title: nameOf(path), counts, span: /** @type {[number, number]} */ (span) });
    }),
  );
}

/** @param {{title: string, counts: number[], span: [number, number]}} props */
function Histogram({ title, counts, span: [low, high] }) {
  const most = Math.max(1, ...counts);
  const width = 200 / counts.length;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const zero = (-low / (high - low)) * 200;
  const below = counts.reduce(
    (sum, count, at) => sum + (low + ((at + 0.5) / counts.length) * (high - low) < 0 ? count : 0),
    0,
  );
  const values = { title, count: String(total), share: formatPercent(total ? below / total : 0, 0) };
  return h(
    "figure",
    { class: "histogram" },
    h("figcaption", null, title),
    h(
      "svg",
      {
        viewBox: "0 0 200 72",
        preserveAspectRatio: "none",
        role: "img",
        "aria-label": t("views", "{title}: {count} weights, {share} of them negative", values),
      },
      counts.map((count, at) => {
        const value = low + ((at + 0.5) / counts.length) * (high - low);
        const height = (count / most) * 68;
        return h("rect", {
          key: at,
          class: value < 0 ? "negative" : "positive",
          x: at * width,
          y: 72 - height,
          width: width - 0.6,
          height,
        });
      }),
      zero > 0 && zero < 200 && h("line", { class: "zero", x1: zero, x2: zero, y1: 0, y2: 72 }),
    ),
    h("div", { class: "ends" }, h("span", null, formatNumber(low)), h("span", null, formatNumber(high))),
  );
}
