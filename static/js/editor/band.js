/** On a narrow page: a small result, two numbers and the curve, which stay in sight wherever one has scrolled to. */

import { h } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { partOf } from "../api/parts.js";
import { t } from "../i18n/t.js";
import { formatMetric, metricTitle } from "../live/metricNames.js";
import { HowFar } from "../live/playback.js";
import { VIEWS } from "../views/index.js";
import { tilesOf } from "../views/metrics.js";
import { drawn, viewsAt } from "../views/view.js";
import { preview, probes, report } from "./checking.js";
import { own } from "./currentRun.js";
import { experiment } from "./document.js";
import { evaluation } from "./moment.js";

const POINTS = 150; // of a curve
const [WIDE, HIGH] = [200, 60]; // units of the picture of the curves
const SHOWN = new Set([0, 1]); // the samples for training and for tuning

/** @param {{playback: () => import("../live/playback.js").PlaybackProps, frames: import("../views/newestFrames.js").FrameSource,
 *   peek: {value: any}}} props */
export function Band({ playback, frames, peek }) {
  const task = partOf("tasks", experiment.value.task?.kind);
  const stage = { preview: /** @type {any} */ (preview.value), task, probes: probes.value };
  const [whole] = stage.preview ? viewsAt(VIEWS, "overview", stage) : [];
  const view = whole ?? (stage.preview && viewsAt(VIEWS, "result", stage)[0]); // the first of several is made smaller
  const metrics = /** @type {any} */ (evaluation.value)?.metrics;
  const run = own.value;
  return h(
    "section",
    { class: "band", "aria-label": t("page", "Result and curve") },
    view &&
      h(
        "div",
        { class: `band-result${whole ? "" : " shrunk"}`, "aria-hidden": "true", inert: true },
        h(
          "div",
          { key: `${view.place} ${view.probe}` },
          h(view.component, {
            ...stage,
            ...drawn(view, frames),
            experiment: experiment.value,
            evaluation: evaluation.value,
            splits: SHOWN,
            mistakes: false,
            testOpened: false,
            peek: peek.value,
            sample: 0,
            run: null,
          }),
        ),
      ),
    h(
      "div",
      { class: "band-numbers" },
      tilesOf(metrics, task, report.value?.shown)
        .slice(0, 2)
        .map((name) =>
          h("p", { key: name }, h("b", null, formatMetric(name, metrics?.[name])), ` ${metricTitle(name)}`),
        ),
    ),
    run ? h(Spark, { key: run.id, run }) : h("div", { class: "band-curve" }),
    h("div", { class: "band-far" }, h(HowFar, playback())),
  );
}

/** The losses so far, drawn anew with each screen that has news. @param {{run: import("../live/run.js").Run}} props */
function Spark({ run }) {
  const train = useRef(/** @type {SVGPathElement | null} */ (null));
  const validation = useRef(/** @type {SVGPathElement | null} */ (null));
  useLayoutEffect(() => {
    let waiting = 0;
    const draw = () => {
      waiting = 0;
      const [learned, tuned] = [pointsOf(run.columns, "train_loss"), pointsOf(run.metrics, "validation_loss")];
      const all = [...learned, ...tuned];
      const last = Math.max(1, ...all.map(([x]) => x));
      const most = Math.max(1e-9, ...all.map(([, y]) => y));
      train.current?.setAttribute("d", pathOf(learned, last, most));
      validation.current?.setAttribute("d", pathOf(tuned, last, most));
    };
    const stop = run.version.subscribe(() => void (waiting ||= requestAnimationFrame(draw)));
    return () => (stop(), cancelAnimationFrame(waiting));
  }, [run]);
  return h(
    "svg",
    {
      class: "band-curve",
      viewBox: `0 0 ${WIDE} ${HIGH}`,
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": t("page", "Loss so far"),
    },
    h("path", { ref: train }),
    h("path", { ref: validation, class: "validation" }),
  );
}

/** A few of the points of a column, the last among them; gaps are left out.
 * @param {import("../live/columns.js").Columns} columns @param {string} name @returns {[number, number][]} */
function pointsOf({ length, store }, name) {
  const values = store[name];
  if (!values || length === 0) return [];
  const every = Math.ceil(length / POINTS);
  const places = Array.from({ length: Math.ceil(length / every) }, (_, at) => length - 1 - at * every).reverse();
  return places.flatMap((at) => (Number.isFinite(values[at]) ? [[store.step[at], values[at]]] : []));
}

/** @param {[number, number][]} points @param {number} last of x @param {number} most of y */
function pathOf(points, last, most) {
  const place = (/** @type {[number, number]} */ [x, y]) =>
    `${((x / last) * WIDE).toFixed(1)} ${(HIGH - (y / most) * HIGH).toFixed(1)}`;
  return points.length ? `M${points.map(place).join("L")}` : "";
}
