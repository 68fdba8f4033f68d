import assert from "node:assert/strict";
import { test } from "node:test";
import { families } from "../../static/js/api/parts.js";
import { metricTabs, tracer } from "../../static/js/charts/metricLines.js";
import { boundsOf, formatMetric, inSentence, metricTitle, orderOf } from "../../static/js/live/metricNames.js";
import { tilesOf } from "../../static/js/views/metrics.js";

/** As the server tells them: the loss, and two that no code knows of.
 * @type {import("../../static/js/api/parts.js").Metric[]} */
const list = [
  { name: "loss", title: "Loss", help: "", better: "lower", low: 0, high: null, unit: "", written: "number" },
  { name: "hits", title: "Hits", help: "", better: "higher", low: 0, high: 1, unit: "", written: "percent" },
  { name: "bleu", title: "BLEU", help: "", better: "higher", low: null, high: null, unit: "", written: "number" },
];

test("a metric is called, ordered and written as the list of metrics says", () => {
  assert.equal(metricTitle("validation_hits", list), "Validation hits");
  assert.equal(metricTitle("train_bleu", list), "Training BLEU");
  assert.equal(inSentence("hits", list), "hits");
  assert.deepEqual(boundsOf("validation_hits", list), { low: 0, high: 1, written: "percent" });
  assert.deepEqual(boundsOf("bleu", list), { low: undefined, high: undefined, written: "number" });
  assert.deepEqual(
    ["bleu", "train_loss", "hits", "unheard"].map((name) => orderOf(name, list)),
    [2, 0, 1, 3],
  );
  assert.equal(formatMetric("test_hits", 0.937, list), "93.7 %");
  assert.equal(formatMetric("test_bleu", 0.937, list), "0.937");
});

test("a metric that the list does not have keeps its bare name", () => {
  assert.equal(metricTitle("validation_unheard", list), "Validation unheard");
  assert.equal(metricTitle("learning_rate", list), "Learning rate");
  assert.equal(formatMetric("validation_unheard", 0.5, list), "0.5");
});

test("each metric that a run has gets a tab, in the order of the list, with its range", () => {
  const store = Object.fromEntries(["step", "validation_bleu", "train_hits", "train_loss"].map((name) => [name, []]));
  const runs = /** @type {any} */ ([{ id: "a", columns: { store: {} }, metrics: { store } }]);
  const tabs = metricTabs(runs, list);
  assert.deepEqual(
    tabs.map(({ title }) => title),
    ["Loss", "Hits", "BLEU", "Learning rate", "Gradient norm"],
  );
  assert.deepEqual([tabs[1].low, tabs[1].high, tabs[1].written], [0, 1, "percent"]);
});

test("each loss of a task that has several is a line of its own, called by its name", () => {
  const of = (/** @type {string[]} */ names) => ({
    length: 2,
    store: Object.fromEntries(names.map((name) => [name, Float64Array.of(1, 2)])),
  });
  const columns = of(["step", "epoch", "train_loss", "train_loss_min", "train_loss_max", "train_critic"]);
  const run = /** @type {any} */ ({ id: "a", columns, metrics: of(["step", "epoch", "validation_loss"]) });
  const [loss] = metricTabs([run], list);
  const traces = tracer(run)({ tab: loss, along: "step", smoothing: 0, test: false });
  assert.deepEqual(
    traces.filter(({ label }) => label).map(({ title }) => title),
    ["training", "validation", "critic"],
  );
});

test("beside the answers stands what the task shows, and the loss where it learned while there is room", () => {
  const task = /** @type {any} */ ({ shown: ["bleu", "loss"] });
  assert.deepEqual(tilesOf({ validation_bleu: 1, validation_loss: 1, train_loss: 1 }, task), ["validation_bleu", "validation_loss", "train_loss"]); // prettier-ignore
  assert.deepEqual(tilesOf(undefined, { ...task, shown: ["hits", "bleu", "loss"] }, ["bleu", "loss"]), ["validation_bleu", "validation_loss", "train_loss"]); // prettier-ignore
  assert.deepEqual(tilesOf({ train_bleu: 1, train_loss: 1 }, task), ["train_bleu", "train_loss"]);
  assert.deepEqual(tilesOf(undefined, { ...task, shown: ["hits", "bleu", "loss"] }), ["validation_hits", "validation_bleu", "validation_loss"]); // prettier-ignore
});

test("the gradient norm of one of several networks has the network's name", () => {
  families.value = { tasks: /** @type {any[]} */ ([{ kind: "gan", titles: { generator: "Generator" } }]) };
  assert.equal(metricTitle("gradient_norm_generator"), "Generator · Gradient norm");
  families.value = {};
});
