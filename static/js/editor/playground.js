/** The whole of the page: its panels, and what they tell each other. */

import { computed, effect, signal } from "@preact/signals-core";
import { Fragment, h } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../i18n/t.js";
import { lastByHand } from "../live/phases.js";
import { ENDS } from "../live/run.js";
import { LiveRegion } from "../ui/live.js";
import { Output } from "../views/output.js";
import { pictures, preview, report } from "./checking.js";
import { PROBES, reset, run, stale, starting, train } from "./currentRun.js";
import { DataPanel } from "./dataPanel.js";
import { experiment, name } from "./document.js";
import { Header } from "./header.js";
import { NetworkPanel } from "./networkPanel.js";
import { Panel } from "./panel.js";
import { Strip } from "./strip.js";
import { TrainingPanel } from "./trainingPanel.js";

/** @typedef {import("../live/frame.js").Frame} Frame */

/** The pictures of a step in the past, chosen with the scrubber; null for now.
 * @type {import("@preact/signals-core").Signal<Record<string, Frame> | null>} */
const past = signal(null);
const sample = signal(0);
/** @type {import("@preact/signals-core").Signal<{path: string, unit: number} | null>} */
const peeked = signal(null);

/** Whether the test result lies open. */
const testOpened = signal(false);

/** The run of the document on the page; null where the document is another by now. */
const own = computed(() => (stale.value ? null : run.value));

/** The newest numbers of the run: those of a step by hand, else of the last evaluation. */
const evaluation = computed(() => {
  const last = own.value?.evaluation.value ?? null;
  const byHand = own.value && lastByHand(own.value);
  if (!byHand?.metrics || Object.keys(byHand.metrics).length === 0 || byHand.step <= (last?.step ?? -1)) return last;
  return { ...last, metrics: byHand.metrics };
});

/** What is drawn: the past if it was chosen, else the run's newest pictures, else the untrained network's. */
const frames = Object.fromEntries(
  PROBES.map((probe) => [
    probe,
    computed(() => past.value?.[probe] ?? own.value?.frames[probe]?.value ?? pictures.value[probe] ?? null),
  ]),
);

/** What the playback bar and the keys are given. @returns {import("../live/playback.js").PlaybackProps} */
export function playback() {
  const blocked =
    report.value && !report.value.ok ? t("page", "Mend the problems first; they are shown where they are.") : undefined;
  return {
    run: own.value,
    onTrain: train,
    onReset: reset,
    blocked: starting.value ? t("page", "Starting …") : blocked,
  };
}

/** Fetches the pictures of a kept step. @param {number | null} step */
async function travel(step) {
  const now = run.peek();
  if (step === null || !now) {
    past.value = null;
    return;
  }
  const found = await Promise.all(PROBES.map((probe) => now.frameAt(probe, step)));
  past.value = Object.fromEntries(found.flatMap((frame) => (frame ? [[frame.probe, frame]] : [])));
}

effect(() => {
  void [experiment.value, run.value];
  past.value = null;
});

/** @param {{failure: string}} props */
export function Playground({ failure }) {
  const now = own.value;
  const active = now !== null && !ENDS.includes(now.status.value);
  const title = name.value;
  useEffect(() => {
    document.title = title ? `${title} · Trainyard` : "Trainyard";
  }, [title]);
  if (failure) return h("p", { class: "failure", role: "alert" }, failure);
  return h(
    Fragment,
    null,
    h(Header, { playback: playback() }),
    h(
      "main",
      { class: "yard" },
      h("div", { class: "left" }, h(DataPanel, { live: active }), h(TrainingPanel, { live: active })),
      h(NetworkPanel, {
        frames,
        running: active,
        sample: sample.value,
        onSample: (one) => (sample.value = one),
        onPeek: (one) => (peeked.value = one),
      }),
      h(
        Panel,
        { name: "output", title: t("page", "Output") },
        h(Output, {
          experiment: experiment.value,
          preview: preview.value,
          frames,
          evaluation: /** @type {any} */ (evaluation.value),
          report: report.value,
          peek: peeked.value,
          sample: sample.value,
          onSample: (/** @type {number} */ one) => (sample.value = one),
          onTest: (/** @type {boolean} */ open) => (testOpened.value = open),
        }),
      ),
      h(Strip, { own: now, testOpened: testOpened.value, onFrame: travel }),
    ),
    h(LiveRegion, null),
  );
}
