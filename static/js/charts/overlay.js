/** One metric of several runs in one chart. */

import { useSignal } from "@preact/signals";
import { h } from "preact";
import { useMemo, useRef } from "preact/hooks";
import { metrics as served } from "../api/parts.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { column } from "../live/columns.js";
import { boundsOf, metricTitle, orderOf, splitOf } from "../live/metricNames.js";
import { Button, Select } from "../ui/controls.js";
import { ChartView } from "./chartView.js";
import { ExportMenu } from "./exporting.js";
import { lineOf } from "./lines.js";
import { axisTitle } from "./metricLines.js";
import { zoomTo } from "./plot.js";
import { emptySmoothed, smooth } from "./smooth.js";
import { useMetricNames } from "./tabs.js";
import { LogButtons, view, ViewMenu } from "./curveView.js";

/** @typedef {import("../live/run.js").Run} Run */
/** @typedef {import("./traces.js").Trace} Trace */

const BOOKKEEPING = ["step", "epoch", "seconds"];

/** A run, what it is called beside the others, and the number of its line.
 * @typedef {{run: Run, title: string, number: number}} Shown */

/** @param {{runs: Shown[]}} props */
export function Overlay({ runs }) {
  const wanted = useSignal("validation_loss");
  const zoomed = useSignal(false);
  const plot = useRef(/** @type {import("./plot.js").Plot | null} */ (null));
  const smoothed = useMemo(() => new Map(), [view.value.smoothing, wanted.value]);
  useMetricNames(runs.map(({ run }) => run));
  const names = metricsOf(runs.map(({ run }) => run));
  const metric = names.includes(wanted.value) ? wanted.value : (names[0] ?? "train_loss");
  return h(
    "section",
    { class: "curve-view overlay" },
    h(
      "header",
      { class: "curves-head" },
      h(Select, {
        label: t("charts", "Metric"),
        bare: true,
        inline: false,
        value: metric,
        options: names.map((name) => ({ value: name, title: metricTitle(name) })),
        onInput: (name) => (wanted.value = name),
      }),
      h(
        "div",
        { class: "curves-tools" },
        zoomed.value &&
          h(
            Button,
            { look: "quiet", onClick: () => plot.current && zoomTo(plot.current, null) },
            t("charts", "Show all"),
          ),
        h(LogButtons, null),
        h(ViewMenu, { scales: false }),
        h(ExportMenu, { plot: () => plot.current, runs: runs.map(({ run, title }) => ({ id: run.id, title })) }),
      ),
    ),
    h(ChartView, {
      runs: runs.map(({ run }) => run),
      make: () => chartOf(runs, metric, smoothed),
      label: t("charts", "{metric} by {axis}", { metric: metricTitle(metric), axis: axisTitle(view.value.along) }),
      plot,
      zoomed,
    }),
  );
}

/** Every metric that one of these runs has, losses first. @param {Run[]} runs
 * @param {import("../api/parts.js").Metric[]} [list] of all metrics there are */
function metricsOf(runs, list = served.value) {
  const names = new Set(runs.flatMap(({ metrics, columns }) => [...Object.keys(metrics.store), ...rates(columns)]));
  for (const name of BOOKKEEPING) names.delete(name);
  const splits = ["validation", "train", "test", undefined];
  /** @param {string} name */
  const place = (name) => orderOf(name, list) * splits.length + splits.indexOf(splitOf(name));
  return [...names].sort((a, b) => place(a) - place(b));
}

/** @param {import("../live/columns.js").Columns} columns */
const rates = (columns) => ("learning_rate" in columns.store ? ["learning_rate"] : []);

/**
 * @param {Shown[]} runs
 * @param {string} metric
 * @param {Map<string, import("./smooth.js").Smoothed>} smoothed
 * @returns {import("./plot.js").Chart}
 */
function chartOf(runs, metric, smoothed) {
  const { along, logX, logY, smoothing } = view.peek();
  /** @type {Trace[]} */
  const traces = [];
  runs.forEach(({ run, title, number }) => {
    const columns = metric in run.metrics.store ? run.metrics : run.columns;
    if (!columns.length || !(metric in columns.store)) return;
    const own = { ...lineOf(number), title };
    const x = column(columns, along);
    let y = column(columns, metric);
    if (smoothing > 0) {
      traces.push({ ...own, key: `${run.id} raw`, x, y, weight: "faint" });
      const state = smoothed.get(run.id) ?? emptySmoothed(smoothing);
      smoothed.set(run.id, state);
      y = smooth(state, y);
    }
    traces.push({ ...own, key: run.id, x, y, weight: "strong", label: true });
  });
  return {
    traces,
    marks: [],
    x: { title: axisTitle(along), log: logX },
    y: { title: metricTitle(metric), log: logY, ...boundsOf(metric) },
    formatX: (x) => formatNumber(along === "step" ? Math.round(x) : x, 4),
  };
}
