import assert from "node:assert/strict";
import { test } from "node:test";
import { trainOf } from "../../static/js/network/cars.js";
import { blocks, columnsIn, layersIn } from "../../static/js/network/folding.js";
import { layOut } from "../../static/js/network/layout.js";
import { fittingParts, letteringOf } from "../../static/js/network/lettering.js";
import { answersOf } from "../../static/js/network/names.js";
import { isFrozen } from "../../static/js/network/fromReport.js";
import { stopsOf } from "../../static/js/network/stops.js";
import { shapeOf } from "./told.js";

const PARTS = [
  { kind: "linear", title: "Linear", group: "dense" },
  { kind: "tanh", title: "Tanh", group: "activation", rides: true },
  { kind: "dropout", title: "Dropout", group: "regularisation" },
  { kind: "residual", title: "Residual", group: "structure", joins: "add", around: true },
];
const linear = (units) => ({ kind: "linear", units });
const features = shapeOf("features", [2]);
const entry = (place, kind, parameters) => ({ place, kind, shape: features, parameters, multiply_adds: 0 });

/** @param {any[]} layers */
function trainAfter(layers) {
  const entries = layers.map(({ kind }, at) => entry(`/networks/main/layers/${at}`, kind, kind === "linear" ? 6 : 0));
  return trainOf("/networks/main", { layers }, entries, PARTS, features);
}

const seventy = trainAfter(Array.from({ length: 70 }, (_, at) => linear(at % 2 ? 8 : 16)));

test("seventy layers fold into as many columns as a window shows, without one being lost", () => {
  for (const width of [358, 810, 1100]) {
    const most = columnsIn(width, 1);
    const layout = layOut(seventy, { width, height: 420, open: new Set(), most });
    assert.ok(layout.columns.length <= most, `${layout.columns.length} columns in ${width} pixels`);
    assert.equal(blocks(seventy.cars, most).flatMap(({ cars }) => cars).length, 70);
    if (width > 700) assert.ok(layout.width <= width, `${layout.width} of ${width} pixels`);
  }
});

test("the strip has a stop for every layer, those of blocks too, in the order of the train", () => {
  const train = trainAfter([
    linear(4),
    { kind: "tanh" },
    { kind: "residual", layers: [linear(4), { kind: "dropout" }] },
  ]);
  const layout = layOut(train, { width: 900, height: 420, open: new Set() });
  const stops = stopsOf(train, layout);
  assert.deepEqual(
    stops.map(({ car, part, apart }) => [car.path || car.role, part, apart]),
    [
      ["/dataset", "end", false],
      ["/networks/main/layers/0", "learned", false],
      ["/networks/main/layers/2/layers/0", "plain", true],
      ["/networks/main/layers/2/layers/1", "plain", false],
      ["output", "end", true],
    ],
  );
  assert.ok(stops.every(({ middle }, at) => at === 0 || middle > stops[at - 1].middle));
});

test("layers are counted with those inside of blocks", () => {
  const block = { kind: "residual", layers: [linear(4), { kind: "dropout" }] };
  assert.equal(layersIn(trainAfter([linear(4), { kind: "tanh" }, block]).cars), 3);
});

test("what a folded block holds stands where the block does", () => {
  const layout = layOut(seventy, { width: 810, height: 420, open: new Set(), most: 5 });
  const middles = new Set(stopsOf(seventy, layout).map(({ middle }) => middle));
  assert.equal(middles.size, layout.columns.length);
});

test("a title that does not fit is written smaller, then in two lines, and none of its words is parted", () => {
  assert.equal(letteringOf("Linear 8", 80), "");
  assert.equal(letteringOf("自适应平均池化", 88), "small");
  assert.equal(letteringOf("Adaptive average pooling", 88), "wrapped");
  assert.equal(letteringOf("Embedding", 50), "tiny");
});

test("of the line below a title whole parts are left out, never letters", () => {
  assert.equal(fittingParts("Tanh · 72 p", 88), "Tanh · 72 p");
  assert.equal(fittingParts("Tanh · 72 个参数", 76), "Tanh");
  assert.equal(fittingParts("带泄漏的 ReLU", 20), "带泄漏的 ReLU");
});

test("an output is called by its classes, one number by the second of two", () => {
  const { output } = trainAfter([]);
  assert.deepEqual(answersOf({ ...output, units: 3 }, ["a", "b", "c"]), ["a", "b", "c"]);
  assert.deepEqual(answersOf({ ...output, units: 1 }, ["no", "yes"]), ["yes"]);
  assert.deepEqual(answersOf({ ...output, units: 3 }, ["a", "b"]), []);
});

test("a network is frozen where each of its layers with weights is, by itself or with its block", () => {
  const experiment = (/** @type {any[]} */ layers, /** @type {any} */ head = false) => ({ networks: { main: { layers, head } } }); // prettier-ignore
  const place = (/** @type {string} */ rest) => entry(`/networks/main/${rest}`, "linear", 6);
  const frozen = { ...linear(2), frozen: true };
  assert.equal(isFrozen([place("layers/0")], experiment([frozen])), true);
  assert.equal(isFrozen([place("layers/0"), place("head/0")], experiment([frozen], true)), false);
  const block = { kind: "residual", layers: [linear(2)] };
  const both = [place("layers/0"), place("layers/0/layers/0")];
  assert.equal(isFrozen(both, experiment([block])), false);
  assert.equal(isFrozen(both, experiment([{ ...block, frozen: true }])), true);
  assert.equal(isFrozen(both, experiment([{ kind: "residual", layers: [frozen] }])), true);
  assert.equal(isFrozen([], experiment([])), false);
});
