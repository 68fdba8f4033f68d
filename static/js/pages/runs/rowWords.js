/** What stands in the row of a run, in words. */

import { h } from "preact";
import { formatNumber } from "../../i18n/numbers.js";
import { languageTag, t } from "../../i18n/t.js";
import { formatMetric, judgedOn, metricTitle } from "../../live/metricNames.js";
import { Icon } from "../../ui/icons.js";
import { inWords } from "./differences.js";
import { titleOfKind } from "./kindTitles.js";

/** @typedef {import("./knownRuns.js").RunRow} RunRow */

const DAY = 86_400; // seconds

/** @typedef {import("./differences.js").Layer} Layer */

/** Data, network and optimizer in a few words.
 * @param {import("./knownRuns.js").Summary} summary @param {import("./kindTitles.js").Parts} parts */
export function what({ dataset, layers, networks, optimizer }, parts) {
  const title = (/** @type {string} */ family) => (/** @type {string} */ kind) => titleOfKind(parts, family, kind);
  const words = (/** @type {Layer[]} */ some) => inWords(some, title("layers")) || t("runs", "no hidden layer");
  const titles = Object.assign({}, ...(parts.tasks ?? []).map((task) => task.titles));
  const network = networks
    ? Object.entries(networks)
        .map(([name, own]) => `${titles[name] ?? name} ${words(own)}`)
        .join(" → ")
    : words(layers);
  const how = optimizer.kind && `${title("optimizers")(optimizer.kind)} ${formatNumber(optimizer.lr ?? 0)}`;
  return [title("datasets")(dataset), network, how].filter(Boolean).join(" · ");
}

/**
 * The loss and what says best how good it is, on validation where there is such.
 * @param {RunRow} run
 * @param {import("./kindTitles.js").Parts} parts
 * @returns {[string, string][]}
 */
export function metricsOf({ metrics }, { tasks = [] }) {
  const split = judgedOn(metrics);
  const second = tasks.map(({ score }) => score).find((score) => `${split}_${score}` in metrics);
  const names = [`${split}_loss`, second && `${split}_${second}`].filter((name) => name && name in metrics);
  return names.map((name) => {
    const known = /** @type {string} */ (name);
    return [metricTitle(known), formatMetric(known, metrics[known])];
  });
}

/** @param {string} text */
export function tagsIn(text) {
  const tags = text.split(/[,，、]/).map((tag) => tag.trim());
  return [...new Set(tags.filter(Boolean))];
}

/** @param {number} created Unix time */
export function when(created) {
  const seconds = created - Date.now() / 1000;
  if (seconds < -DAY) return new Intl.DateTimeFormat(languageTag(), { dateStyle: "medium" }).format(created * 1000);
  const relative = new Intl.RelativeTimeFormat(languageTag(), { numeric: "auto" });
  if (seconds > -60) return relative.format(0, "second");
  if (seconds > -3600) return relative.format(Math.round(seconds / 60), "minute");
  return relative.format(Math.round(seconds / 3600), "hour");
}

/** @param {number} created */
export const fullDate = (created) =>
  new Intl.DateTimeFormat(languageTag(), { dateStyle: "full", timeStyle: "medium" }).format(created * 1000);

/** Marks what is the teacher's, as no name that a pupil types can look. */
export function teacherMark() {
  return h("b", { class: "teacher-mark" }, h(Icon, { name: "check" }), t("runs", "Teacher"));
}
