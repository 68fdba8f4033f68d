/** How it went: the curves of one run or of several. */

import { useSignal } from "@preact/signals";
import { h } from "preact";
import { useMemo, useRef } from "preact/hooks";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";
import { VIEWS } from "../views/index.js";
import { drawn, viewsAt } from "../views/view.js";
import { Baselines, baselinesOf, comparing } from "./baselines.js";
import { ChartView } from "./chartView.js";
import { ExportMenu } from "./exporting.js";
import { commandTitle } from "./labels.js";
import { guideLevels, levelsOf, levelTraces } from "./levels.js";
import { axisTitle, metricTabs, tracer, xOfStep } from "./metricLines.js";
import { zoomTo } from "./plot.js";
import { TabList, useMetricNames } from "./tabs.js";
import { view, ViewMenu } from "./curveView.js";

/** @typedef {import("../live/run.js").Run} Run */
/** @typedef {import("./metricLines.js").Tab} Tab */
/** @typedef {import("../live/columns.js").RunEvent} RunEvent */

/**
 * @param {object} props
 * @param {{run: Run, title: string}[]} props.runs
 * @param {import("../live/momentOf.js").Moment | null} [props.at] the moment in the past that is looked at
 * @param {{value: RunEvent | null}} [props.evaluation] signal of the numbers of the moment that is shown
 * @param {import("../views/newestFrames.js").FrameSource} [props.frames] its frames, by probe
 * @param {boolean} [props.testOpened] whether the sealed test result was opened
 * @param {(path: string) => string} [props.nameOf] what a layer of the first run is called
 * @param {(path: string) => string} [props.settingOf] what a setting is called
 * @param {boolean} [props.recorded] whether the server has the numbers of the runs, so that they can be taken away
 * @param {Record<string, number>} [props.guides] marks beside the losses, by name of the loss
 * @param {string} [props.caution] a sentence beside the losses, where they are easily misread
 * @param {import("../api/parts.js").Part} [props.task] of the document
 * @param {import("../views/points.js").Preview | null} [props.preview] of its data
 * @param {string[]} [props.probes] those that fit the document
 * @param {any} [props.experiment] the document, where simpler methods can be compared with it
 */
export function Curves({ runs, at = null, evaluation, frames, testOpened = false, nameOf, settingOf, ...props }) {
  const { recorded = true, experiment, guides = {}, caution, task, preview, probes = [] } = props;
  const tab = useSignal("loss");
  useMetricNames(runs.map(({ run }) => run)); // a new metric brings a new tab
  const tabs = metricTabs(runs.map(({ run }) => run));
  const beside = viewsAt(VIEWS, "curves", { task, probes });
  const layerTab = beside.find(({ title }) => title === tab.value);
  const shown = tabs.find(({ id }) => id === tab.value) ?? tabs[0];
  const zoomed = useSignal(false);
  const plot = useRef(/** @type {import("./plot.js").Plot | null} */ (null));
  const baselines = experiment ? baselinesOf(experiment) : [];
  const levelsAt = (/** @type {string} */ id) => [
    ...levelsOf(baselines, id),
    ...(id === "loss" ? guideLevels(guides) : []),
  ];
  const tracers = useMemo(() => new Map(), [runs.map(({ run }) => run.id).join()]);
  return h(
    "section",
    { class: "curve-view", "aria-label": t("charts", "Curves") },
    h(
      "header",
      { class: "curves-head" },
      h(TabList, {
        tabs: [...tabs, ...beside.map(({ title = "" }) => ({ id: title, title: t("charts", title) }))],
        tab,
      }),
      !layerTab &&
        h(
          "div",
          { class: "curves-tools" },
          zoomed.value &&
            h(
              Button,
              { look: "quiet", onClick: () => plot.current && zoomTo(plot.current, null) },
              t("charts", "Show all"),
            ),
          h(ViewMenu, null),
          h(ExportMenu, {
            plot: () => plot.current,
            runs: recorded ? runs.map(({ run, title }) => ({ id: run.id, title })) : [],
          }),
        ),
    ),
    h(
      "div",
      { class: "curves-body" },
      layerTab
        ? h(LayerChart, { view: layerTab, evaluation, frames, nameOf, run: runs[0]?.run, preview })
        : h(ChartView, {
            runs: runs.map(({ run }) => run),
            make: () => chartOf(runs, shown, testOpened, tracers, levelsAt(shown.id), at, settingOf),
            label: t("charts", "{metric} by {axis}", { metric: shown.title, axis: axisTitle(view.value.along) }),
            plot,
            zoomed,
            shares: true,
          }),
      experiment && comparing.value && !layerTab && h(Compared, { experiment, evaluation, testOpened }),
    ),
    !layerTab && shown.id === "loss" && caution && h("p", { class: "curves-below" }, caution),
    !layerTab &&
      experiment &&
      h(
        "p",
        { class: "curves-below" },
        h(
          Button,
          { look: "quiet", expanded: comparing.value, onClick: () => (comparing.value = !comparing.value) },
          comparing.value ? t("charts", "Without the simpler methods") : t("charts", "Compare with simpler methods"),
        ),
      ),
  );
}

/**
 * @param {{run: Run, title: string}[]} runs
 * @param {Tab} tab
 * @param {boolean} test
 * @param {Map<string, ReturnType<typeof tracer>>} tracers
 * @param {import("./levels.js").Level[]} levels
 * @param {import("../live/momentOf.js").Moment | null} at
 * @param {(path: string) => string} [settingOf]
 * @returns {import("./plot.js").Chart}
 */
function chartOf(runs, tab, test, tracers, levels, at, settingOf) {
  const { along, logX, logY, smoothing } = view.peek();
  const traces = runs.flatMap(({ run }) => {
    const make = tracers.get(run.id) ?? tracer(run);
    tracers.set(run.id, make);
    return make({ tab, along, smoothing, test });
  });
  const marks = runs.length === 1 ? marksOf(runs[0].run, along, settingOf) : [];
  const cursor = at && runs.length === 1 ? xOfStep(runs[0].run.columns, along, at.step) : undefined;
  return {
    traces: [...traces, ...levelTraces(levels, traces, logX)],
    marks,
    cursor,
    x: { title: axisTitle(along), log: logX },
    y: { title: tab.title, log: logY, low: tab.low, high: tab.high, written: tab.written },
    formatX: (x) => formatNumber(along === "step" ? Math.round(x) : x, 4),
  };
}

/**
 * A layer beside another, as bars.
 * @param {object} props
 * @param {import("../views/view.js").View} props.view
 * @param {{value: any}} [props.evaluation] signal of the numbers of the moment that is shown
 * @param {import("../views/newestFrames.js").FrameSource} [props.frames] of that moment, by probe
 * @param {(path: string) => string} [props.nameOf]
 * @param {import("../live/run.js").Run} [props.run] whose numbers these are
 * @param {import("../views/points.js").Preview | null} [props.preview] of its data
 */
function LayerChart({ view, evaluation: numbers, frames, nameOf, run, preview }) {
  const evaluation = numbers?.value ?? null;
  return h(
    "div",
    { class: "layer-chart", tabIndex: 0 },
    h(view.component, { key: view.title, evaluation, ...drawn(view, frames), nameOf, run, preview }),
  );
}

/** Simpler methods beside the numbers of the moment. @param {any} props */
function Compared({ experiment, evaluation, testOpened }) {
  return h(Baselines, { experiment, network: evaluation?.value?.metrics ?? null, testOpened });
}

/**
 * @param {Run} run
 * @param {import("./metricLines.js").Along} along
 * @param {(path: string) => string} [settingOf]
 * @returns {import("./plot.js").ChartMark[]}
 */
function marksOf(run, along, settingOf) {
  /** @type {import("./plot.js").ChartMark[]} */
  const marks = run.commandsApplied
    .filter(({ command }) => command.kind === "set")
    .map(({ step, command }) => ({
      x: xOfStep(run.columns, along, step),
      title: commandTitle(command, settingOf),
      kind: "command",
    }));
  const infinite = [...run.columns.marks, ...run.metrics.marks].sort((a, b) => a.step - b.step)[0];
  if (infinite) {
    const title = t("charts", infinite.value === "NaN" ? "no number from here" : "infinite from here");
    marks.push({ x: xOfStep(run.columns, along, infinite.step), title, kind: "infinite" });
  }
  return marks;
}
