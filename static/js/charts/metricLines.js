/** Which lines a run offers: its metrics by tab, as traces on a chosen axis. Pure but for the words. */

import { families, metrics, networkTitle } from "../api/parts.js";
import { t } from "../i18n/t.js";
import { column, indexAfter } from "../live/columns.js";
import { boundsOf, kindOf, metricOf, metricTitle, orderOf, splitOf, SPLITS } from "../live/metricNames.js";
import { emptySmoothed, smooth } from "./smooth.js";

/** @typedef {import("./traces.js").Trace} Trace */
/** @typedef {import("../live/columns.js").Columns} Columns */
/** @typedef {"step" | "epoch" | "seconds"} Along */

/**
 * What lines are made from: a run, or what was fetched of one.
 * @typedef {object} Source
 * @property {string} id
 * @property {Columns} columns
 * @property {Columns} metrics
 */

/** @typedef {{id: string, title: string, parts: string[], low?: number, high?: number, written?: import("../i18n/numbers.js").Written}} Tab */

/** @type {Record<string, string>} */
const SPLIT_TITLES = { train: "training", validation: "validation", test: "test" };
const BATCHES = ["train_loss_min", "train_loss_max", "train_loss"]; // of each stride
const NORM_OF = "gradient_norm_"; // then the name of a network
/** @type {Record<string, Trace["line"]>} */
const LINES = { train: "solid", validation: "dashed", test: "dotted" };

/**
 * The tabs for the metrics that these runs have measured: loss first, then each other metric, then what drives them.
 * @param {Source[]} sources
 * @param {import("../api/parts.js").Metric[]} [list] of all metrics there are
 * @returns {Tab[]}
 */
export function metricTabs(sources, list = metrics.value) {
  const names = new Set(sources.flatMap(({ metrics }) => Object.keys(metrics.store)));
  const kinds = new Set(["loss"]);
  for (const name of names) if (splitOf(name)) kinds.add(kindOf(name));
  const sorted = [...kinds].sort((a, b) => orderOf(a, list) - orderOf(b, list));
  const tabs = sorted.map((id) => {
    const title = metricOf(id, list)?.title ?? id;
    const parts = SPLITS.map((split) => `${split}_${id}`);
    return { id, title, parts: id === "loss" ? [...parts, ...otherLosses(sources)] : parts, ...boundsOf(id, list) };
  });
  return [
    ...tabs,
    { id: "learning_rate", title: metricTitle("learning_rate"), parts: ["learning_rate"], low: 0 },
    { id: "gradient_norm", title: metricTitle("gradient_norm"), parts: normsOf(names), low: 0 },
  ];
}

/** The loss that stands first, of the task that has this one. @param {string} other */
function firstLoss(other) {
  return families.value.tasks?.find(({ losses }) => losses?.includes(other))?.losses?.[0];
}

/** The gradient norm of all that learns; where several networks do, that of each. @param {Set<string>} names */
function normsOf(names) {
  const each = [...names].filter((name) => name.startsWith(NORM_OF));
  return each.length > 0 ? each : ["gradient_norm"];
}

/** The losses beside the first that a task has, where each of its networks has one: `train_critic`.
 * @param {Source[]} sources */
function otherLosses(sources) {
  const names = new Set(sources.flatMap(({ columns }) => Object.keys(columns.store)));
  return [...names].filter((name) => splitOf(name) && !BATCHES.includes(name));
}

/**
 * Makes the lines of one run. It remembers smoothed curves, so keep it for as long as the run is shown.
 * @param {Source} source
 */
export function tracer(source) {
  /** @type {Map<string, import("./smooth.js").Smoothed>} */
  const smoothed = new Map();

  /**
   * @param {object} want
   * @param {Tab} want.tab
   * @param {Along} want.along
   * @param {number} want.smoothing 0 to 0.99
   * @param {boolean} want.test whether the test result is open
   * @returns {Trace[]}
   */
  return function traces({ tab, along, smoothing, test }) {
    /** @type {Trace[]} */
    const made = [];
    for (const name of tab.parts) {
      if (name.startsWith("test_") && !test) continue;
      if (name === "train_loss") made.push(...batches(along));
      const columns = name in source.metrics.store ? source.metrics : source.columns;
      if (!columns.length || !(name in columns.store)) continue;
      const split = name.split("_")[0];
      const key = `${source.id} ${name}`;
      const line = LINES[split] ?? "solid";
      const other = split in SPLIT_TITLES && kindOf(name) !== tab.id;
      const own = name.startsWith(NORM_OF) && name.slice(NORM_OF.length);
      const title = own ? networkTitle(own) : titleOf(name, other, tab);
      const weight = split === "train" ? "plain" : "strong";
      const x = column(columns, along);
      const y = column(columns, name);
      const smoothes = smoothing > 0 && name !== "learning_rate";
      if (smoothes) made.push({ key: `${key} raw`, title, x, y, line, weight: "faint" });
      made.push({ key, title, x, y: smoothes ? smooth(remembered(name, smoothing), y) : y, line, weight, label: true });
    }
    return made;
  };

  /** What a line is called: its split, or its network where each has a loss of its own.
   * @param {string} name @param {boolean} other @param {Tab} tab */
  function titleOf(name, other, tab) {
    if (other) return networkTitle(kindOf(name));
    const [otherLoss] = name === "train_loss" ? otherLosses([source]) : [];
    const first = otherLoss && firstLoss(kindOf(otherLoss));
    return first ? networkTitle(first) : t("charts", SPLIT_TITLES[name.split("_")[0]] ?? tab.title);
  }

  /**
   * The losses of the batches themselves, behind the lines: lowest and highest of each stride, and their mean.
   * @param {Along} along
   * @returns {Trace[]}
   */
  function batches(along) {
    if (!source.columns.length) return [];
    const x = column(source.columns, along);
    const title = t("charts", "batches");
    return BATCHES.map((name) => ({
      key: `${source.id} batch ${name}`,
      title,
      x,
      y: column(source.columns, name),
      line: "solid",
      weight: name === "train_loss" ? "batch" : "band",
    }));
  }

  /**
   * @param {string} name
   * @param {number} weight
   */
  function remembered(name, weight) {
    const found = smoothed.get(name);
    if (found && found.weight === weight) return found;
    const made = emptySmoothed(weight);
    smoothed.set(name, made);
    return made;
  }
}

/**
 * Where a step stands on an axis.
 * @param {Columns} columns
 * @param {Along} along
 * @param {number} step
 */
export function xOfStep(columns, along, step) {
  if (along === "step") return step;
  const after = indexAfter(columns.store.step, columns.length, step);
  const values = columns.store[along];
  if (!values || after === 0) return 0;
  const [s0, x0] = [columns.store.step[after - 1], values[after - 1]];
  if (after >= columns.length) return x0;
  const share = (step - s0) / (columns.store.step[after] - s0);
  return x0 + share * (values[after] - x0);
}

/** The title of an axis. @param {Along} along */
export function axisTitle(along) {
  return { step: t("charts", "Step"), epoch: t("charts", "Epoch"), seconds: t("charts", "Seconds of training") }[along];
}
