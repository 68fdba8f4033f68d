/** What the playback bar tells of a network that was trained at once. */

import { h } from "preact";
import { formatDuration, formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Counter } from "./counter.js";
import { epochText } from "./stateWords.js";

/** What Instant has made last, and the switch of it.
 * @typedef {{on: boolean, result: import("./atOnce.js").Result | null, trouble: string, waiting: boolean, onToggle: () => void}} Instant */

/** What came of training at once. @param {Instant} props */
export function AtOnce({ result, trouble, waiting }) {
  const told = result?.told;
  return h(
    "div",
    { class: "playback-counters at-once", "data-waiting": waiting },
    told &&
      h(
        "p",
        { class: "playback-counts" },
        h(Counter, { sentence: t("live", "epoch {number}"), number: epochText(told.epoch) }),
        h(Counter, { sentence: t("live", "step {number}"), number: formatNumber(told.steps) }),
      ),
    h(
      "p",
      { class: "playback-status" },
      trouble
        ? h("span", { class: "trouble", title: trouble }, trouble)
        : told
          ? h("span", null, atOnceWords(told))
          : h("span", null, t("live", "Training …")),
    ),
  );
}

/** @param {import("./atOnce.js").Told} told */
function atOnceWords({ reason, seconds, stepper }) {
  if (reason === "diverged") return t("live", "Diverged: the loss is no number any more");
  const time = formatDuration(seconds);
  return stepper === "compiled"
    ? t("live", "Trained in {time}", { time })
    : t("live", "Trained by PyTorch in {time}", { time });
}
