/** The numbers beside the picture: how good it is where it never looked, where it learned, and what lies between. */

import { h } from "preact";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { formatMetric, judgedOn, metricTitle } from "../live/metricNames.js";
import { epochText } from "../live/stateWords.js";

/** @typedef {Record<string, number | string>} MetricNumbers of one evaluation, by name */
/** @typedef {import("../api/parts.js").Part} Part */

const LONG = 20; // letters of a name for which half of the width is too little
const MOST = 3; // numbers in a row, which ends with the gap

/** Which numbers stand beside the answers: those that the task shows, then the loss where it learned.
 * @param {MetricNumbers | undefined} metrics of an evaluation @param {Part | undefined} task
 * @param {string[]} [telling] those of its metrics that say something of the data, where that is known
 * @returns {string[]} */
export function tilesOf(metrics, task, telling) {
  const shown = (telling?.length ? telling : (task?.shown ?? ["loss"])).map((name) => `${judgedOn(metrics)}_${name}`);
  const names = [...new Set([...shown, ...(losing(task) ? ["train_loss"] : [])])];
  return names.filter((name) => !metrics || name in metrics).slice(0, MOST);
}

/** Whether answers cost something, which is told of every split. @param {Part | undefined} task */
const losing = (task) => task?.metrics?.includes("loss") ?? true;

/** @param {{evaluation: {metrics: MetricNumbers, epoch: number} | null | undefined, task: Part | undefined,
 *   telling?: string[]}} props */
export function MetricTiles({ evaluation, task, telling }) {
  const metrics = evaluation?.metrics;
  const gap = numberOf(metrics?.validation_loss) - numberOf(metrics?.train_loss);
  const names = tilesOf(metrics, task, telling);
  return h(
    "div",
    { class: `metrics${names.some((name) => metricTitle(name).length > LONG) ? " long" : ""}` },
    names.map((name) => h(Tile, { key: name, title: metricTitle(name), name, value: metrics?.[name] })),
    losing(task) &&
      judgedOn(metrics) === "validation" &&
      h(Tile, {
        key: "gap",
        title: t("views", "Gap"),
        name: "gap",
        value: metrics && gap,
      }),
    evaluation &&
      h(
        "p",
        { class: "metrics-when", key: "when" },
        t("views", "Measured at epoch {epoch}", { epoch: epochText(evaluation.epoch) }),
      ),
  );
}

/** @param {{title: string, name: string, value: number | string | undefined}} props */
function Tile({ title, name, value }) {
  return h(
    "div",
    { class: "metric" },
    h("span", null, title),
    h("b", { title: value === undefined ? "" : formatNumber(numberOf(value), 6) }, formatMetric(name, value)),
  );
}

/** A metric as it travels: numbers that JSON has not come as words.
 * @param {number | string | undefined} value @returns {number} */
export function numberOf(value) {
  return value === undefined ? Number.NaN : Number(value);
}
