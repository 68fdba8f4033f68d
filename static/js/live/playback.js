/** The playback bar: train, pause, step, reset, how fast, how far. */

import { computed, signal } from "@preact/signals";
import { h } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Button, IconButton, SegmentedControl } from "../ui/controls.js";
import { note, say } from "../ui/live.js";
import { Popover } from "../ui/popover.js";
import { StepPhases } from "./phases.js";
import { ENDS } from "./run.js";
import { connectionWords, epochText, queueSentence, speedWords, statusWord, timeLeft } from "./words.js";

/** @typedef {import("./run.js").Run} Run */

/**
 * @typedef {object} PlaybackProps
 * @property {Run | null} run the present run, if there is one
 * @property {(first?: Record<string, any>) => void | Promise<void>} onTrain makes a run and starts it; with `first`, it
 *   is made paused and that command is sent to it
 * @property {(how: {sameWeights: boolean}) => void} onReset back to step 0, with the same first weights or new ones
 * @property {string} [blocked] why there can be no training now, as a sentence
 */

/** How fast it is shown: of the page, kept from run to run. */
export const speedChoice = signal(/** @type {"watch" | "fast" | "full"} */ ("full"));

/**
 * What the bar's buttons and the page's keys do.
 * @param {PlaybackProps} props
 */
export function playbackActions({ run, onTrain, onReset, blocked }) {
  const active = () => run !== null && !ENDS.includes(run.status.peek());
  /** @param {Record<string, any>} command */
  const send = (command) => run?.send(command).catch((/** @type {Error} */ problem) => note(problem.message));
  /** @param {Record<string, any>} command */
  const step = (command) => {
    if (active()) void send(command);
    else if (!blocked) void onTrain(command);
  };
  return {
    toggle() {
      if (!active()) return blocked ? undefined : void onTrain();
      return void send({ kind: run?.status.peek() === "paused" ? "resume" : "pause" });
    },
    stepBatch: () => step({ kind: "step", steps: 1 }),
    stepEpoch: () => step({ kind: "step", epochs: 1 }),
    reset: () => onReset({ sameWeights: true }),
    /** @param {"watch" | "fast" | "full"} value */
    setSpeed(value) {
      speedChoice.value = value;
      if (active()) void send({ kind: "speed", value });
    },
  };
}

/** @param {PlaybackProps} props */
export function Playback(props) {
  const { run, blocked } = props;
  const act = playbackActions(props);
  const state = useMemo(() => computed(() => (run ? run.status.value : "none")), [run]);
  const status = state.value;
  const going = status === "running" || status === "starting" || status === "queued";
  useEffect(() => {
    if (run && speedChoice.peek() !== "full" && !ENDS.includes(run.status.peek())) act.setSpeed(speedChoice.peek());
  }, [run]);
  useEffect(() => {
    if (run) say(statusWord(status), ENDS.includes(status));
  }, [status]);
  const title = going
    ? t("live", "Pause")
    : status === "paused"
      ? t("live", "Go on")
      : ENDS.includes(status)
        ? t("live", "Train again")
        : t("live", "Train");
  return h(
    "div",
    { class: "playback", role: "group", "aria-label": t("live", "Training") },
    h(
      "div",
      { class: "playback-buttons" },
      h(ResetMenu, { onReset: props.onReset }),
      h(IconButton, { icon: "step", label: t("live", "Train one batch (key .)"), onClick: act.stepBatch }),
      h(
        Button,
        {
          look: "primary",
          class: `train ${going ? "going" : ""}`,
          icon: going ? "pause" : "train",
          disabled: !going && Boolean(blocked),
          title: (!going && blocked) || t("live", "Train or pause (space bar)"),
          onClick: act.toggle,
        },
        title,
      ),
      h(IconButton, { icon: "epoch", label: t("live", "Train one epoch (key >)"), onClick: act.stepEpoch }),
      h(SegmentedControl, {
        label: t("live", "Speed"),
        bare: true,
        value: speedChoice.value,
        options: [
          { value: "watch", title: t("live", "Watch") },
          { value: "fast", title: t("live", "Fast") },
          { value: "full", title: t("live", "Full") },
        ],
        onInput: (value) => act.setSpeed(/** @type {any} */ (value)),
      }),
    ),
    run
      ? h(Counters, { run })
      : h("div", { class: "playback-counters" }, h("p", { class: "playback-status" }, t("live", "Ready"))),
    run && h(StepPhases, { run }),
  );
}

/** @param {{onReset: PlaybackProps["onReset"]}} props */
function ResetMenu({ onReset }) {
  return h(Popover, {
    label: t("live", "Back to the start"),
    class: "reset-menu",
    trigger: (attributes) =>
      h(IconButton, { icon: "reset", label: t("live", "Back to the start (key 0)"), attributes }),
    children: (/** @type {() => void} */ close) => {
      /** @param {boolean} sameWeights */
      const choose = (sameWeights) => () => {
        close();
        onReset({ sameWeights });
      };
      return [
        h(Button, { look: "quiet", onClick: choose(true) }, t("live", "With the same first weights")),
        h(Button, { look: "quiet", icon: "dice", onClick: choose(false) }, t("live", "With new first weights")),
      ];
    },
  });
}

/** What changes many times a second, apart from the buttons. @param {{run: Run}} props */
function Counters({ run }) {
  const status = run.status.value;
  const queue = run.queue.value;
  const line = ENDS.includes(status) ? null : connectionWords(run.connection.value);
  const going = status === "running";
  return h(
    "div",
    { class: "playback-counters" },
    h(
      "p",
      { class: "playback-counts" },
      h(Counter, { sentence: t("live", "epoch {number}"), number: epochText(run.epoch.value) }),
      h(Counter, { sentence: t("live", "step {number}"), number: formatNumber(run.step.value) }),
    ),
    h(
      "p",
      { class: "playback-status" },
      h("span", { class: `status-word ${status}` }, statusWord(status)),
      queue && h("span", null, queueSentence(queue)),
      line && h("span", { class: "trouble", title: line.title }, line.text),
      going && !line && h("span", null, speedWords(run.speed.value)),
      going && !line && h("span", null, timeLeft(run.speed.value)),
    ),
  );
}

/** @param {{sentence: string, number: string}} props */
function Counter({ sentence, number }) {
  const [before, after] = sentence.split("{number}");
  return h("span", { class: "counter" }, before, h("b", null, number), after);
}
