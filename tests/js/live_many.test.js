import assert from "node:assert/strict";
import { test } from "node:test";
import { eventOf } from "../../static/js/api/stream.js";
import { axesOf, cellAfter, cellAt, filledIn, placeOf } from "../../static/js/editor/atlasAxes.js";
import { band, csvOf, goodness, histogram, meanSurface, quantile, sortedValues } from "../../static/js/live/many.js";

/** @param {number} seed @param {any} loss @param {any} [more] @returns {import("../../static/js/live/many.js").Found} */
const found = (seed, loss, more = {}) => ({
  at: seed,
  values: { "/seed": seed },
  reason: "done",
  metrics: { validation_loss: loss },
  ...more,
});

test("an event of a stream has a name and an object", () => {
  assert.deepEqual(eventOf('event: found\ndata: {"results": [1]}'), { event: "found", data: { results: [1] } });
});

test("values are sorted, and what is no number is left out", () => {
  const results = [found(1, 3), found(2, "NaN"), found(3, 1), found(4, 2)];
  const sorted = sortedValues(results, "validation_loss");
  assert.deepEqual(sorted, [1, 2, 3]);
  assert.equal(quantile(sorted, 0.5), 2);
  assert.equal(quantile(sorted, 1), 3);
});

test("a histogram counts every value once, the largest in the last bin", () => {
  assert.deepEqual(histogram([0, 1, 2, 3, 4], 4), { low: 0, high: 4, counts: [1, 1, 1, 2] });
  assert.deepEqual(histogram([5, 5], 3).counts, [0, 2, 0]);
});

test("a band has the middle of the curves at each epoch", () => {
  const curve = (/** @type {number} */ loss) => ({ curve: { epoch: [1, 2], validation_loss: [loss, loss / 2] } });
  const rows = band([found(1, 0, curve(4)), found(2, 0, curve(2)), found(3, 0, curve(6))], "validation_loss");
  assert.deepEqual(rows, [
    { epoch: 1, low: 2, middle: 4, high: 6 },
    { epoch: 2, low: 1, middle: 2, high: 3 },
  ]);
});

test("the mean answer and where they disagree", () => {
  const surface = (/** @type {number[]} */ bytes) => ({ surface: btoa(String.fromCharCode(...bytes)) });
  const told = meanSurface([found(1, 0, surface([0, 255, 10, 20])), found(2, 0, surface([0, 55, 30, 20]))]);
  assert.deepEqual([...(told?.mean ?? [])], [0, 155, 20, 20]);
  assert.deepEqual([...(told?.spread ?? [])], [0, 100, 10, 0]);
  assert.equal(told?.side, 2);
  assert.equal(meanSurface([found(1, 0)]), null);
});

test("a table has a row for each network", () => {
  const rows = csvOf([found(7, 0.5), found(8, 0.25, { reason: "diverged", metrics: {} })]);
  assert.equal(rows, "/seed,reason,validation_loss\n7,done,0.5\n8,diverged,\n");
});

test("a table tells when each came to the target, where one was asked for", () => {
  const rows = csvOf([found(7, 0.5, { epochs_to_target: 12 }), found(8, 0.25, { epochs_to_target: null })]);
  assert.equal(rows, "/seed,reason,validation_loss,epochs_to_target\n7,done,0.5,12\n8,done,0.25,\n");
});

test("a place of the screen lies in a cell, beyond the edge in the nearest; keys lead to the next", () => {
  const box = { left: 100, top: 50, width: 240, height: 120 };
  const at = (/** @type {number} */ clientX, /** @type {number} */ clientY) => cellAt({ clientX, clientY }, box, 24, 6);
  assert.deepEqual(at(100, 169), [0, 0]);
  assert.deepEqual(at(339, 50), [23, 5]);
  assert.deepEqual(at(215, 111), [11, 2]);
  assert.deepEqual(at(-50, 900), [0, 0]);
  assert.deepEqual(at(900, -50), [23, 5]);
  assert.deepEqual(cellAfter("ArrowUp", [3, 4], 24, 6), [3, 5]);
  assert.deepEqual(cellAfter("ArrowUp", [3, 5], 24, 6), [3, 5]);
  assert.deepEqual(cellAfter("ArrowLeft", [0, 1], 24, 6), [0, 1]);
  assert.equal(cellAfter("a", [0, 0], 24, 6), null);
});

test("the best is 255, the worst and what is no number 0, unknown stays so", () => {
  assert.deepEqual(goodness([1, 2, 3, NaN, undefined], true), [255, 128, 0, 0, undefined]);
  assert.deepEqual(goodness([1, 2, 3], false), [0, 128, 255]);
});

test("a grid is filled in from what is nearest", () => {
  const [none, cells] = [undefined, [1, undefined, undefined, 2]];
  assert.deepEqual(filledIn(cells, 4), [1, 1, 2, 2]);
  assert.deepEqual(filledIn([none, none], 2), [none, none]);
});

test("a value has its place between those of an axis", () => {
  assert.equal(placeOf([1, 10, 100], 10), 1);
  assert.equal(placeOf([0, 2, 4], 3), 1.5);
  assert.equal(placeOf([0, 2, 4], 5), null);
  assert.equal(placeOf([0, 2, 4], undefined), null);
});

test("only settings that the document has span an atlas", () => {
  const document = {
    dataset: { kind: "circle", noise: 0.1 },
    optimizer: { kind: "adam", lr: 0.01 },
    networks: { main: { layers: [{ kind: "tanh" }, { kind: "linear", units: 4 }] } },
  };
  const paths = axesOf(document).map(({ path }) => path);
  assert.ok(paths.includes("/networks/main/layers/1/units"));
  assert.ok(paths.includes("/dataset/noise"));
  assert.ok(!paths.includes("/optimizer/momentum"));
  assert.ok(!paths.includes("/dataset/samples"));
});

test("the width of the first layer that has one, of every network spans an atlas", () => {
  const linear = { kind: "linear", units: 4 };
  const networks = {
    encoder: { layers: [{ kind: "flatten" }, linear, linear] },
    decoder: { layers: [linear] },
    head: {},
  };
  const paths = axesOf({ optimizer: { kind: "adam" }, networks }).map(({ path }) => path);
  assert.deepEqual(
    paths.filter((path) => path.startsWith("/networks/")),
    ["/networks/encoder/layers/1/units", "/networks/decoder/layers/0/units"],
  );
});
