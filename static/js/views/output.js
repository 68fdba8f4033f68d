/** What comes out: the answer of the network, how good it is, and the sealed test result. */

import { h } from "preact";
import { useState } from "preact/hooks";
import { partOf } from "../api/parts.js";
import { written } from "../api/shapes.js";
import { t } from "../i18n/t.js";
import { SegmentedControl } from "../ui/controls.js";
import { lazy } from "../ui/lazy.js";
import { VIEWS } from "./index.js";
import { Overview } from "./overview.js";
import { isPicture } from "./points.js";
import { Placed, viewsAt } from "./view.js";

const Ask = lazy(() => import("../pages/seldom.js").then((module) => module.Ask));
const Pad = lazy(() => import("../pages/seldom.js").then((module) => module.Pad));
const Walk = lazy(() => import("../pages/seldom.js").then((module) => module.Walk));

/**
 * @param {object} props
 * @param {any} props.experiment the document
 * @param {import("./points.js").Preview | null} props.preview of the dataset
 * @param {import("./newestFrames.js").FrameSource} props.frames newest frame of each probe, or a signal of it
 * @param {{metrics: import("./metrics.js").MetricNumbers, epoch: number, confusion?: number[][] | null} | null} [props.evaluation] of the moment that is shown
 * @param {any} [props.report] of the checker
 * @param {string[]} props.probes those that fit the document
 * @param {any} props.run of the document; null where there is none
 * @param {import("./asking.js").Asking} props.asking what a person asks of the run
 * @param {{path: string, unit: number, name?: string} | null} [props.peek] a neuron whose picture is shown instead of the answer
 * @param {number | null} [props.sample] place in the probe's list of samples; null where another is chosen
 * @param {(sample: number) => void} [props.onSample]
 * @param {string} [props.unseen] why nothing of the data can be shown, where that is so
 * @param {boolean} [props.past] whether that moment lies in the past
 * @param {import("./planeView.js").Moments} [props.moments] kept moments that can be gone back to, where there is room
 * @param {any} [props.beside] what is said of the numbers, under them
 */
export function Output({ experiment, preview, frames, evaluation, run, asking, peek, sample = 0, onSample, ...props }) {
  const { past = false, moments, beside, report, probes, unseen = "" } = props;
  const task = partOf("tasks", experiment?.task?.kind);
  const [tab, setTab] = useState("result");
  const [cell, setCell] = useState(/** @type {{truth: number, answer: number} | null} */ (null));
  if (!preview) {
    const told = unseen || t("views", "The data are being drawn.");
    return h("div", { class: "output" }, h("p", { class: "quiet" }, told));
  }
  const [overview] = viewsAt(VIEWS, "overview", { preview, task, probes });
  const whole = overview && h(Overview, { view: overview, task, preview, frames, evaluation, run, peek, moments });
  const asks = report?.questions?.length > 0;
  if (whole && !asks) return h("div", { class: "output" }, whole);
  const tabs = [
    { value: "result", title: t("views", "Result") },
    ...(!whole && isPicture(preview) && task?.predicts !== false ? [{ value: "draw", title: t("views", "Draw") }] : []),
    ...(whole ? [] : [{ value: "samples", title: t("views", "Samples") }]),
    ...(asks ? [{ value: "ask", title: t("views", "Ask") }] : []),
  ];
  const shown = tabs.some(({ value }) => value === tab) ? tab : "result";
  const key = `${written(preview.shape)} ${preview.classes.join()}`;
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
    past &&
      ["draw", "samples"].includes(shown) &&
      h(
        "p",
        { class: "quiet" },
        t("views", "Answers come from the newest saved network, not from the moment you look back at."),
      ),
    shown === "draw" && h(Pad, { key, preview, task, probes, asking, run }),
    shown === "ask" && h(Ask, { key, kinds: report.questions, preview, run }),
    shown === "samples" && h(Walk, { key, preview, experiment, run, asking, cell, onCell: setCell }),
    shown === "result" && whole,
    shown === "result" &&
      !whole &&
      h(Result, {
        experiment,
        preview,
        task,
        probes,
        frames,
        evaluation,
        run,
        sample,
        onSample,
        onCell: openCell,
        beside,
      }),
  );
}

/** What comes out for data that no plane shows: on which classes the network is good, and on which samples.
 * @param {any} props `beside` is what is said of the numbers, under them */
function Result({ beside, ...shown }) {
  return [
    h(Placed, { key: "result", views: VIEWS, place: "result", ...shown }),
    beside,
    h(Placed, { key: "below", views: VIEWS, place: "below", ...shown }),
  ];
}
