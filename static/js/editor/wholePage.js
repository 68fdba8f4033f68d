/** The whole of the page: its panels, and what they tell each other. */

import { computed, effect, signal } from "@preact/signals-core";
import { Fragment, h } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../i18n/t.js";
import { Playback } from "../live/playback.js";
import { Button } from "../ui/controls.js";
import { lazy } from "../ui/lazy.js";
import { LiveRegion } from "../ui/live.js";
import { makeAsking } from "../views/asking.js";
import { Output } from "../views/output.js";
import { sealOf } from "../views/sealed.js";
import { narrow, roomy } from "./appearance.js";
import { preview, probes, report } from "./checking.js";
import { other, own, PROBES, reset, starting, train } from "./currentRun.js";
import { DataPanel } from "./dataPanel.js";
import { experiment, name } from "./document.js";
import { Header } from "./header.js";
import { instantProps, setInstant } from "./instant.js";
import { chosen, evaluation, frames, lookedAt, moment, travel } from "./moment.js";
import { Line } from "./oneLine.js";
import { MomentPill } from "./momentPill.js";
import { ManyWindow } from "./manyWindows.js";
import { NetworkPanel } from "./networkPanel.js";
import { OwnDataWindow, OwnVerdict, whyUnseen } from "./ownData.js";
import { Panel } from "./panel.js";
import { opened } from "./presets.js";
import { SettingsBar } from "./settingsBar.js";
import { Strip } from "./bottomStrip.js";

const Band = lazy(() => import("../pages/seldom.js").then((module) => module.Band));

/** Place of the chosen sample in the lists of the frames that are about samples. */
const sample = signal(0);
/** @type {import("@preact/signals-core").Signal<{path: string, unit: number} | null>} */
const peeked = signal(null);

/** What a person asks of the run: a drawing, or a sample out of any split. */
const asking = makeAsking(own);

/** What the diagram draws: of the sample that was asked, where there is one. */
const shown = Object.fromEntries(
  PROBES.map((probe) => [
    probe,
    computed(() => {
      const answer = lookedAt.value ? null : asking.answer.value;
      const frame = frames[probe].value;
      return answer && (!frame || frame.about.samples) ? (answer.frames[probe] ?? null) : frame;
    }),
  ]),
);

/** Back to the samples of the run's own pictures. @param {number} at */
function chooseSample(at) {
  asking.choose(null);
  sample.value = at;
}

/** What the playback bar and the keys are given. @returns {import("../live/playback.js").PlaybackProps} */
export function playback() {
  const blocked =
    report.value && !report.value.ok ? t("page", "Mend the problems first; they are shown where they are.") : undefined;
  return {
    run: own.value,
    moment,
    onTrain: (first) => {
      setInstant(false);
      return train(first);
    },
    onReset: reset,
    instant: instantProps.value,
    other: other.value,
    blocked: starting.value ? t("page", "Starting …") : blocked,
  };
}

const data = computed(() => JSON.stringify(experiment.value.dataset));
effect(() => {
  void data.value;
  asking.choose(null); // it was a sample of other data
});

/** Reads no signal itself but how much room there is: each panel is drawn again for what it shows, and the others stand
 * as they are. @param {{failure: string}} props */
export function Playground({ failure }) {
  if (failure) return h("p", { class: "failure", role: "alert" }, failure);
  const tight = narrow.value;
  const data = h("div", { class: "left", key: "data" }, h(DataPanel, null));
  return h(
    Fragment,
    null,
    h(Title, null),
    h(Header, null, !tight && h("div", { class: "bar-play" }, h(Playing, null))),
    tight ? h(Band, { key: "band", playback, frames, peek: peeked }) : h(SettingsBar, { key: "settings" }),
    h(Line, { key: "line" }),
    h(
      "main",
      { class: "yard", key: "yard" },
      !tight && data,
      h(Network, { key: "network" }),
      tight && data,
      h(Answer, { key: "answer" }),
      h(Course, { key: "course" }),
    ),
    tight &&
      h("div", { class: "dock", key: "dock" }, h(SettingsBar, null), h("div", { class: "bar-play" }, h(Playing, null))),
    h(OwnDataWindow, null),
    h(ManyWindow, null),
    h(LiveRegion, null),
  );
}

/** Apart from the rest, which stays as it is when a run begins. */
function Playing() {
  return h(Playback, { ...playback(), tight: narrow.value });
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
  const asked = lookedAt.value ? null : asking.answer.value;
  return h(NetworkPanel, {
    frames: shown,
    sample: asked ? 0 : sample.value,
    onSample: chooseSample,
    asked: asked && h(Asked, { title: asked.sample.title, onBack: () => asking.choose(null) }),
    onPeek: (neuron) => (peeked.value = neuron),
  });
}

/** What comes out. */
function Answer() {
  const asked = lookedAt.value ? null : asking.answer.value;
  return h(
    Panel,
    { name: "output", title: t("page", "Output"), beside: h(MomentPill, null) },
    h(Output, {
      key: opened.value?.name, // another experiment begins with its result
      experiment: experiment.value,
      preview: preview.value,
      unseen: whyUnseen(),
      frames,
      evaluation: /** @type {any} */ (evaluation.value),
      past: lookedAt.value !== null,
      moments: roomy.value ? { chosen: chosen.value, onChoose: travel } : undefined,
      report: report.value,
      probes: probes.value,
      run: own.value,
      asking,
      peek: peeked.value,
      sample: asked ? null : sample.value,
      onSample: chooseSample,
      beside: h(OwnVerdict, { preview: preview.value, metrics: evaluation.value?.metrics }),
    }),
  );
}

/** How it went. */
function Course() {
  return h(Strip, { own: own.value, testOpened: sealOf(own.value).open });
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
