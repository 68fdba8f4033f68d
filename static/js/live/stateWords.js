/** A run's state in words: what it does, how far it is, what it cost. */

import { formatDuration, formatNumber } from "../i18n/numbers.js";
import { language, t } from "../i18n/t.js";

/** @typedef {import("./columns.js").RunEvent} RunEvent */
/** @typedef {import("./connection.js").ConnectionState} ConnectionState */

const WATTS = 10; // of one busy processor core; a usual figure, so what comes of it is only an estimate

/** @type {Record<string, string>} */
const STATUS = {
  queued: "Waiting",
  starting: "Starting",
  running: "Training",
  paused: "Paused",
  done: "Done",
  stopped: "Stopped",
  diverged: "Diverged",
  failed: "Failed",
  out_of_memory: "Out of memory",
  over_limit: "Stopped at its limit",
  lost: "Given up",
};

/** One word for a run's status. @param {string} status */
export function statusWord(status) {
  return t("live", STATUS[status] ?? status);
}

/**
 * What the line to the server is doing, in short, and what that means; null while all is well.
 * @param {ConnectionState} connection
 * @param {import("./run.js").Lag} [lag]
 */
export function connectionWords(connection, lag = "") {
  if (connection === "reconnecting") {
    return {
      text: t("live", "Connecting again; nothing is lost"),
      title: t("live", "The training goes on without this page, and all of it will be here."),
    };
  }
  if (connection === "polling") {
    return {
      text: t("live", "Connected by a detour"),
      title: t(
        "live",
        "This network blocks live connections, so pictures come once a second. The curves are complete.",
      ),
    };
  }
  if (lag === "events") {
    return {
      text: t("live", "Slow line: still catching up"),
      title: t("live", "The training is further than the numbers here; all of them are on their way."),
    };
  }
  if (lag === "pictures") {
    return {
      text: t("live", "Slow line: pictures come late"),
      title: t("live", "The numbers are of now; the pictures follow a few seconds later."),
    };
  }
  return null;
}

/** A place in the queue; `behind` is the run that it waits for. @typedef {{position: number, expectedSeconds: number | null, behind?: string | null}} Queued */

/** "2nd in the queue, about 8 s". @param {Queued} queue */
export function queueSentence({ position, expectedSeconds }) {
  const place = ordinal(position);
  if (expectedSeconds === null) return t("live", "{place} in the queue", { place });
  return t("live", "{place} in the queue, about {time}", { place, time: formatDuration(expectedSeconds) });
}

/** How fast it goes, in the larger unit that still moves; empty before a step was timed. @param {RunEvent | null} speed */
export function speedWords(speed) {
  if (!speed?.steps_per_second) return "";
  const { epochs_per_second: epochs, steps_per_second: steps } = speed;
  if (epochs >= 1) return t("live", "{number} epochs/s", { number: formatNumber(round3(epochs)) });
  return t("live", "{number} steps/s", { number: formatNumber(round3(steps)) });
}

/** "about 8 s left"; empty where nobody knows. @param {RunEvent | null} speed */
export function timeLeft(speed) {
  const seconds = speed?.remaining_seconds;
  if (seconds === null || seconds === undefined) return "";
  return t("live", "about {time} left", { time: formatDuration(Math.max(seconds, 0.1)) });
}

/** @param {string} stepper what trains a run */
export function trainedBy(stepper) {
  return stepper === "compiled" ? t("live", "compiled loop") : "PyTorch";
}

/**
 * What the run has cost so far, piece by piece.
 * @param {RunEvent | null} speed
 * @param {string} [stepper] what trains it
 * @returns {{text: string, title: string}[]}
 */
export function resources(speed, stepper) {
  if (!speed) return [];
  const joules = speed.cpu_seconds * WATTS;
  return [
    ...(stepper ? [{ text: trainedBy(stepper), title: t("live", "What trains it.") }] : []),
    { text: formatDuration(speed.seconds), title: t("live", "Time spent training, without pauses.") },
    {
      text: t("live", "{number} CPU-seconds", { number: formatNumber(round3(speed.cpu_seconds)) }),
      title: t("live", "How long processor cores were busy with this run."),
    },
    {
      text: t("live", "{number} multiply-adds", { number: formatNumber(speed.multiply_adds) }),
      title: t("live", "Products added up in all steps so far; a backward pass counts as two forward passes."),
    },
    {
      text: t("live", "≈ {number} joules (estimate)", { number: formatNumber(joules, 2) }),
      title: t("live", "Estimated from {watts} watts for each busy core; not measured.", { watts: WATTS }),
    },
  ];
}

/** An epoch as it is counted: whole numbers, or one decimal at the start. @param {number} epoch */
export function epochText(epoch) {
  return formatNumber(epoch < 10 ? Math.floor(epoch * 10) / 10 : Math.floor(epoch));
}

/** @param {number} number */
const round3 = (number) => Number(number.toPrecision(3));

/** @param {number} number */
function ordinal(number) {
  if (language.value === "zh") return t("live", "number {number}", { number });
  const ending = { one: "st", two: "nd", few: "rd", other: "th", many: "th", zero: "th" };
  return `${number}${ending[new Intl.PluralRules("en", { type: "ordinal" }).select(number)]}`;
}
