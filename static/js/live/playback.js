/** The playback bar: train, pause, step, reset, how fast, how far. One file, though long: its buttons share one state. */

import { computed, signal } from "@preact/signals";
import { h } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Button, IconButton, SegmentedControl, Select } from "../ui/controls.js";
import { note, say } from "../ui/live.js";
import { Popover } from "../ui/popover.js";
import { AtOnce } from "./atOnceStatus.js";
import { Counter } from "./counter.js";
import { ENDS } from "./run.js";
import { connectionWords, epochText, queueSentence, speedWords, statusWord, timeLeft } from "./stateWords.js";

/** @typedef {import("./run.js").Run} Run */

/**
 * @typedef {object} PlaybackProps
 * @property {Run | null} run the present run, if there is one
 * @property {{value: import("./momentOf.js").Moment | null}} moment signal of the moment that the page shows
 * @property {(first?: Record<string, any>) => void | Promise<void>} onTrain makes a run and starts it; with `first`, it
 *   is made paused and that command is sent to it
 * @property {(how: {sameWeights: boolean}) => void} onReset back to step 0, with the same first weights or new ones
 * @property {{status: Run["status"], onShow: () => void} | null} [other] the run of another document, where it goes on
 * @property {import("./atOnceStatus.js").Instant} instant
 * @property {string} [blocked] why there can be no training now, as a sentence
 * @property {boolean} [tight] speeds and Instant in one menu; how far it is stands elsewhere
 */

/** How fast it is shown: of the page, kept from run to run. */
const speedChoice = signal(/** @type {"watch" | "fast" | "full"} */ ("full"));

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
    if (run) say(statusWord(status), { now: status === "paused" || ENDS.includes(status), about: "status" });
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
      props.tight
        ? h(HowFast, { act, instant: props.instant })
        : [
            h(
              Button,
              {
                key: "instant",
                look: props.instant.on ? "plain" : "quiet",
                class: "instant",
                pressed: props.instant.on,
                title: t("live", "Every change trains the whole network anew, and shows how it ended"),
                onClick: props.instant.onToggle,
              },
              t("live", "Instant"),
            ),
            h(SegmentedControl, {
              key: "speed",
              label: t("live", "Speed"),
              bare: true,
              value: speedChoice.value,
              options: speeds(),
              onInput: (value) => act.setSpeed(/** @type {any} */ (value)),
            }),
          ],
    ),
    !props.tight && h(HowFar, props),
  );
}

const speeds = () => [
  { value: "watch", title: t("live", "Watch") },
  { value: "fast", title: t("live", "Fast") },
  { value: "full", title: t("live", "Full") },
];

/** Where there is little room. @param {{act: ReturnType<typeof playbackActions>, instant: PlaybackProps["instant"]}} props */
function HowFast({ act, instant }) {
  return h(Select, {
    label: t("live", "Speed"),
    bare: true,
    inline: false,
    value: instant.on ? "instant" : speedChoice.value,
    options: [...speeds(), { value: "instant", title: t("live", "Instant") }],
    onInput: (value) => {
      if (instant.on !== (value === "instant")) instant.onToggle();
      if (value !== "instant") act.setSpeed(/** @type {any} */ (value));
    },
  });
}

/** How far the training is, and what it does. @param {PlaybackProps} props */
export function HowFar({ run, moment, instant, other }) {
  if (run) return h(Counters, { run, moment });
  if (instant.on) return h(AtOnce, instant);
  return h("div", { class: "playback-counters" }, h(Ready, { other }));
}

/** Nothing was trained of the document; of the run of another one it is told that it goes on. @param {{other: PlaybackProps["other"]}} props */
function Ready({ other }) {
  if (!other) return h("p", { class: "playback-status" }, t("live", "Ready"));
  const paused = other.status.value === "paused";
  return h(
    "p",
    { class: "playback-status" },
    h("span", null, paused ? t("live", "Ready; the run before is paused") : t("live", "Ready; the run before goes on")),
    h(Button, { look: "quiet", class: "inline", onClick: other.onShow }, t("live", "Show it")),
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

/** What changes many times a second, apart from the buttons.
 * @param {{run: Run, moment: PlaybackProps["moment"]}} props */
function Counters({ run, moment }) {
  const status = run.status.value;
  const queue = run.queue.value;
  const lag = run.lag.value;
  const line = ENDS.includes(status) && lag !== "events" ? null : connectionWords(run.connection.value, lag);
  const going = status === "running";
  const { past, epoch, step } = moment.value ?? { past: false, epoch: run.epoch.value, step: run.step.value };
  return h(
    "div",
    { class: `playback-counters${past ? " past" : ""}` },
    h(
      "p",
      { class: "playback-counts" },
      h(Counter, { sentence: t("live", "epoch {number}"), number: epochText(epoch) }),
      h(Counter, { sentence: t("live", "step {number}"), number: formatNumber(step) }),
    ),
    h(
      "p",
      { class: "playback-status" },
      h("span", { class: `status-word ${status}` }, statusWord(status)),
      past && h("span", null, t("live", "now at epoch {number}", { number: epochText(run.epoch.value) })),
      queue && h("span", null, queueSentence(queue)),
      line && h("span", { class: "trouble", title: line.title }, line.text),
      going && !line && !past && h("span", null, speedWords(run.speed.value)),
      going && !line && !past && h("span", null, timeLeft(run.speed.value)),
    ),
  );
}
