/** What a run says of itself in words, and what it has cost. */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { formatMetric, metricTitle } from "./metricNames.js";
import { resources } from "./stateWords.js";

/** @typedef {import("./run.js").Run} Run */
/** @typedef {import("./verdict.js").Sentence} Sentence */

const OF_METRIC = ["train", "validation", "attainable", "value", "before", "now"]; // values of the metric that a sentence names

/** What the run has cost. @param {{run: Run}} props */
export function Resources({ run }) {
  const pieces = resources(run.speed.value, run.started.value?.stepper);
  if (pieces.length === 0) return null;
  return h(
    "p",
    { class: "resources", "aria-label": t("live", "What this run cost") },
    pieces.map(({ text, title }) => h("span", { key: title, title }, text)),
  );
}

/**
 * A sentence in the language of the page; the metric that it names, and values of it, are written as everywhere.
 * @param {Sentence} sentence
 */
export function words({ template, values }) {
  const { metric } = values ?? {};
  if (typeof metric !== "string") return t("doctor", template, values);
  const told = Object.entries(values ?? {}).map(([name, value]) => [
    name,
    OF_METRIC.includes(name) && typeof value === "number" ? formatMetric(metric, value) : value,
  ]);
  return t("doctor", template, { ...Object.fromEntries(told), metric: metricTitle(metric) });
}
