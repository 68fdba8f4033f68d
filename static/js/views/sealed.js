/** The test result in a sealed envelope: opened by a click, and the openings are counted. */

import { signal } from "@preact/signals-core";
import { h } from "preact";
import { partOf } from "../api/parts.js";
import { t } from "../i18n/t.js";
import { formatMetric, inSentence } from "../live/metricNames.js";
import { Button } from "../ui/controls.js";
import { note } from "../ui/live.js";

/** The run whose open envelope is put away again on this page; "" for none. */
const putAway = signal("");

/** Whether the test result of a run lies open, how often it was opened, and how to open or seal it.
 * @param {import("../live/run.js").Run | null} run @param {any} [dataset] whose test samples they are */
export function sealOf(run, dataset) {
  const times = run?.openings.value ?? 0;
  const key = keyOf(dataset);
  return {
    open: run !== null && times > 0 && putAway.value !== run.id,
    times,
    /** Of these test data, by any experiment in this browser. */
    all: read(key),
    async breakSeal() {
      if (!run) return;
      try {
        await run.openTest();
        countOpening(dataset);
        putAway.value = "";
      } catch (problem) {
        note(/** @type {Error} */ (problem).message);
      }
    },
    seal() {
      putAway.value = run?.id ?? "";
    },
  };
}

/** The envelope, where there are samples for the end.
 * @param {{preview: import("./points.js").Preview, evaluation: any, experiment: any,
 *   run: import("../live/run.js").Run | null}} props */
export function SealedTest({ preview, evaluation, experiment, run }) {
  if (!preview.split.includes(2)) return null;
  const shown = partOf("tasks", experiment?.task?.kind)?.shown ?? ["loss"];
  const name = shown.find((metric) => `test_${metric}` in (evaluation?.metrics ?? {})) ?? shown[0];
  return h(Sealed, { metrics: evaluation?.metrics, dataset: experiment?.dataset, run, name });
}

/** @param {{metrics: import("./metrics.js").MetricNumbers | undefined, dataset: any,
 *   run: import("../live/run.js").Run | null, name: string}} props `name` of the metric that is told first */
function Sealed({ metrics, dataset, run, name }) {
  const { open, times, all, breakSeal, seal } = sealOf(run, dataset);
  const there = metrics !== undefined;
  return h(
    "section",
    { class: `sealed${open ? " open" : ""}`, "aria-label": t("views", "Test result") },
    h(Envelope, { open }),
    h(
      "div",
      { class: "sealed-words" },
      h("b", null, open ? t("views", "Test result") : t("views", "Test result, sealed")),
      open &&
        h(
          "span",
          { class: "sealed-result", role: "status" },
          h("strong", null, formatMetric(name, metrics?.[`test_${name}`])),
          [` ${inSentence(name)}`, ...lossIn(metrics)].join(" · "),
        ),
      times > 0 &&
        h(
          "small",
          null,
          times === 1 ? t("views", "opened once") : t("views", "opened {count} times", { count: String(times) }),
        ),
      all > times &&
        h("small", null, t("views", "in this browser, these test data: {count} times", { count: String(all) })),
    ),
    open
      ? h(Button, { look: "quiet", onClick: seal }, t("views", "Seal"))
      : h(
          Button,
          {
            onClick: breakSeal,
            disabled: !there,
            title: there
              ? t("views", "Open it once, when you have finished choosing.")
              : t("views", "There is no test result yet."),
          },
          t("views", "Open"),
        ),
  );
}

/** What the answers cost, where that is counted. @param {import("./metrics.js").MetricNumbers | undefined} metrics */
const lossIn = (metrics) =>
  metrics && "test_loss" in metrics
    ? [t("views", "loss {loss}", { loss: formatMetric("loss", metrics.test_loss) })]
    : [];

/** @param {{open: boolean}} props */
function Envelope({ open }) {
  return h(
    "svg",
    { class: "envelope", viewBox: "0 0 40 32", width: 25, height: 20, "aria-hidden": "true" },
    h("path", { class: "envelope-body", d: "M3 10h34v19H3z" }),
    h("path", { class: "envelope-flap", d: open ? "M3 10 20 1l17 9" : "M3 10l17 12 17-12" }),
    !open && h("circle", { class: "envelope-seal", cx: 20, cy: 20.5, r: 4 }),
  );
}

/** @param {unknown} document @returns {string} */
const keyOf = (document) => `trainyard.opened.${digest(JSON.stringify(document ?? null))}`;

/** Counts one more look at the test samples of these data. @param {any} dataset */
export function countOpening(dataset) {
  const key = keyOf(dataset);
  try {
    localStorage.setItem(key, String(read(key) + 1));
  } catch {
    // a browser that keeps nothing still opens the envelope
  }
}

/** @param {string} key @returns {number} */
function read(key) {
  try {
    return Number(localStorage.getItem(key)) || 0;
  } catch {
    return 0;
  }
}

/** A short name for a text (FNV-1a, 32 bits).
 * @param {string} text @returns {string} */
function digest(text) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}
