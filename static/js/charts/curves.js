/** How it went: the curves of one run or of several. */

import { useSignal } from "@preact/signals";
import { h } from "preact";
import { useMemo, useRef } from "preact/hooks";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { indexAfter } from "../live/columns.js";
import { Button } from "../ui/controls.js";
import { Baselines, baselinesOf, comparing } from "./baselines.js";
import { ChartView } from "./chartView.js";
import { ExportMenu } from "./exporting.js";
import { gapSentence } from "./gap.js";
import { LAYER_TABS, LayerChart } from "./layers.js";
import { commandTitle } from "./labels.js";
import { levelsOf, levelTraces } from "./levels.js";
import { axisTitle, metricTabs, tracer, xOfStep } from "./metrics.js";
import { zoomTo } from "./plot.js";
import { TabList, useMetricNames } from "./tabs.js";
import { view, ViewMenu } from "./view.js";

/** @typedef {import("../live/run.js").Run} Run */
/** @typedef {import("./metrics.js").Tab} Tab */

const LEARNED = 0.9; // of the first training loss

/**
 * @param {object} props
 * @param {{run: Run, title: string}[]} props.runs
 * @param {boolean} [props.testOpened] whether the sealed test result was opened
 * @param {(path: string) => string} [props.nameOf] what a layer of the first run is called
 * @param {any} [props.experiment] the document, where simpler methods can be compared with it
 */
export function Curves({ runs, testOpened = false, nameOf, experiment }) {
  const tab = useSignal("loss");
  useMetricNames(runs.map(({ run }) => run)); // a new metric brings a new tab
  const tabs = metricTabs(runs.map(({ run }) => run));
  const layerTab = LAYER_TABS.find(({ id }) => id === tab.value);
  const shown = tabs.find(({ id }) => id === tab.value) ?? tabs[0];
  const zoomed = useSignal(false);
  const plot = useRef(/** @type {import("./plot.js").Plot | null} */ (null));
  const baselines = experiment ? baselinesOf(experiment) : [];
  const tracers = useMemo(() => new Map(), [runs.map(({ run }) => run.id).join()]);
  return h(
    "section",
    { class: "curve-view", "aria-label": t("charts", "Curves") },
    h(
      "header",
      { class: "curves-head" },
      h(TabList, { tabs: [...tabs, ...LAYER_TABS.map(({ id, title }) => ({ id, title: t("charts", title) }))], tab }),
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
          h(ExportMenu, { plot: () => plot.current, runs: runs.map(({ run, title }) => ({ id: run.id, title })) }),
        ),
    ),
    h(
      "div",
      { class: "curves-body" },
      layerTab
        ? h(LayerChart, { kind: layerTab.id, run: runs[0]?.run ?? null, nameOf })
        : h(ChartView, {
            runs: runs.map(({ run }) => run),
            make: () => chartOf(runs, shown, testOpened, tracers, levelsOf(baselines, shown.id)),
            label: t("charts", "{metric} by {axis}", { metric: shown.title, axis: axisTitle(view.value.along) }),
            plot,
            zoomed,
            shares: true,
          }),
      experiment &&
        comparing.value &&
        !layerTab &&
        h(Baselines, { experiment, network: metricsOf(runs[0]?.run), testOpened }),
    ),
    !layerTab &&
      h(
        "p",
        { class: "curves-gap" },
        h(Gap, { runs, shown: shown.id === "loss" }),
        experiment &&
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
 * @returns {import("./plot.js").Chart}
 */
function chartOf(runs, tab, test, tracers, levels) {
  const { along, logX, logY, smoothing } = view.peek();
  const traces = runs.flatMap(({ run }) => {
    const make = tracers.get(run.id) ?? tracer(run);
    tracers.set(run.id, make);
    return make({ tab, along, smoothing, test });
  });
  const marks = runs.length === 1 ? marksOf(runs[0].run, along) : [];
  return {
    traces: [...traces, ...levelTraces(levels, traces, logX)],
    marks,
    x: { title: axisTitle(along), log: logX },
    y: { title: tab.title, log: logY, low: tab.low, high: tab.high },
    formatX: (x) => formatNumber(along === "step" ? Math.round(x) : x, 4),
  };
}

/** The newest metrics of a run. @param {Run | undefined} run @returns {any} */
const metricsOf = (run) => run?.evaluation.value?.metrics ?? null;

/**
 * @param {Run} run
 * @param {import("./metrics.js").Along} along
 * @returns {import("./plot.js").ChartMark[]}
 */
function marksOf(run, along) {
  /** @type {import("./plot.js").ChartMark[]} */
  const marks = run.commandsApplied
    .filter(({ command }) => command.kind === "set")
    .map(({ step, command }) => ({
      x: xOfStep(run.columns, along, step),
      title: commandTitle(command),
      kind: "command",
    }));
  const infinite = [...run.columns.marks, ...run.metrics.marks].sort((a, b) => a.step - b.step)[0];
  if (infinite) {
    const title = t("charts", infinite.value === "NaN" ? "no number from here" : "infinite from here");
    marks.push({ x: xOfStep(run.columns, along, infinite.step), title, kind: "infinite" });
  }
  return marks;
}

/** @param {{runs: {run: Run, title: string}[], shown: boolean}} props */
function Gap({ runs, shown }) {
  const evaluation = runs.length === 1 ? runs[0].run.evaluation.value : null;
  const { train_loss: train, validation_loss: validation } = evaluation?.metrics ?? {};
  const first = runs[0]?.run.metrics.store.train_loss?.[0] ?? NaN;
  const told = shown && evaluation && train < LEARNED * first; // before, there is nothing that could hold or not
  const sentence = told ? gapSentence(train, validation, halfway(runs[0].run, evaluation.step)) : null;
  return h("span", null, sentence ? t("charts", sentence.template, sentence.values) : "");
}

/** Both losses at half of the steps, and the lowest of validation. @param {Run} run @param {number} step */
function halfway({ metrics }, step) {
  const at = indexAfter(metrics.store.step, metrics.length, step / 2) - 1;
  const { train_loss: train, validation_loss: validation } = metrics.store;
  const lowest = validation?.subarray(0, metrics.length).reduce((low, loss) => (loss < low ? loss : low), Infinity);
  return { train: train?.[at] ?? NaN, validation: validation?.[at] ?? NaN, lowest };
}
