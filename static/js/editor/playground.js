/** The whole of the page: its panels, and what they tell each other. */

import { computed, effect, signal } from "@preact/signals-core";
import { Fragment, h } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../i18n/t.js";
import { lastByHand } from "../live/phases.js";
import { Button } from "../ui/controls.js";
import { LiveRegion } from "../ui/live.js";
import { makeAsking } from "../views/asking.js";
import { Output } from "../views/output.js";
import { pictures, preview, report } from "./checking.js";
import { own, PROBES, reset, run, starting, train } from "./currentRun.js";
import { DataPanel } from "./dataPanel.js";
import { experiment, name } from "./document.js";
import { Header } from "./header.js";
import { NetworkPanel } from "./networkPanel.js";
import { OwnDataWindow, OwnVerdict } from "./ownData.js";
import { Panel } from "./panel.js";
import { Strip } from "./strip.js";
import { TrainingPanel } from "./trainingPanel.js";

/** @typedef {import("../live/frame.js").Frame} Frame */

/** The pictures of a step in the past, chosen with the scrubber; null for now.
 * @type {import("@preact/signals-core").Signal<Record<string, Frame> | null>} */
const past = signal(null);
/** Place of the chosen sample in the lists of these probes. */
const sample = signal(0);
const OF_SAMPLES = ["activations", "feature_maps", "masks"];
/** @type {import("@preact/signals-core").Signal<{path: string, unit: number} | null>} */
const peeked = signal(null);

/** Whether the test result lies open. */
const testOpened = signal(false);

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

/** What a person asks of the run: a drawing, or a sample out of any split. */
const asking = makeAsking(own);

/** What the diagram draws: of the sample that was asked, where there is one. */
const shown = Object.fromEntries(
  PROBES.map((probe) => [
    probe,
    computed(() => {
      const answer = past.value ? null : asking.answer.value;
      return answer && OF_SAMPLES.includes(probe) ? (answer.frames[probe] ?? null) : frames[probe].value;
    }),
  ]),
);

/** Back to the samples of the run's own pictures. @param {number} one */
function chooseSample(one) {
  asking.choose(null);
  sample.value = one;
}

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

const data = computed(() => JSON.stringify(experiment.value.dataset));
effect(() => {
  void data.value;
  asking.choose(null); // it was a sample of other data
});

/** Reads no signal itself: each panel is drawn again for what it shows, and the others stand as they are.
 * @param {{failure: string}} props */
export function Playground({ failure }) {
  if (failure) return h("p", { class: "failure", role: "alert" }, failure);
  return h(
    Fragment,
    null,
    h(Title, null),
    h(Header, { playback }),
    h(
      "main",
      { class: "yard" },
      h("div", { class: "left" }, h(DataPanel, null), h(TrainingPanel, null)),
      h(Network, null),
      h(Answer, null),
      h(Course, null),
    ),
    h(OwnDataWindow, null),
    h(LiveRegion, null),
  );
}

/** Of the window. */
function Title() {
  const title = name.value;
  useEffect(() => {
    document.title = title ? `${title} · Trainyard` : "Trainyard";
  }, [title]);
  return null;
}

/** What learns, with what it makes of a sample. */
function Network() {
  const asked = past.value ? null : asking.answer.value;
  return h(NetworkPanel, {
    frames: shown,
    sample: asked ? 0 : sample.value,
    onSample: chooseSample,
    asked: asked && h(Asked, { title: asked.sample.title, onBack: () => asking.choose(null) }),
    onPeek: (one) => (peeked.value = one),
  });
}

/** What comes out. */
function Answer() {
  const asked = past.value ? null : asking.answer.value;
  return h(
    Panel,
    { name: "output", title: t("page", "Output") },
    h(Output, {
      experiment: experiment.value,
      preview: preview.value,
      frames,
      evaluation: /** @type {any} */ (evaluation.value),
      report: report.value,
      run: own.value,
      asking,
      peek: peeked.value,
      sample: asked ? null : sample.value,
      onSample: chooseSample,
      onTest: (/** @type {boolean} */ open) => (testOpened.value = open),
      beside: h(OwnVerdict, {
        dataset: experiment.value.dataset,
        preview: preview.value,
        metrics: evaluation.value?.metrics,
      }),
    }),
  );
}

/** How it went. */
function Course() {
  return h(Strip, { own: own.value, testOpened: testOpened.value, onFrame: travel });
}

/** Says whose answers the diagram shows, where it is none of its own samples. @param {{title: string, onBack: () => void}} props */
function Asked({ title, onBack }) {
  return h(
    "p",
    { class: "asked", role: "status" },
    h("span", null, t("page", "Every layer answers to {sample}.", { sample: title })),
    h(Button, { look: "quiet", icon: "undo", onClick: onBack }, t("page", "Back to the chosen samples")),
  );
}
