import assert from "node:assert/strict";
import { test } from "node:test";
import { carried, completed } from "../../static/js/network/carried.js";
import { toldOf, shapeOf } from "./told.js";

const linear = (units) => ({ kind: "linear", units });
const [TANH, DROPOUT] = [{ kind: "tanh" }, { kind: "dropout" }];
const residual = (...layers) => ({ kind: "residual", layers });
const told = (layers) => toldOf(layers, shapeOf("features", [2]));
const head = { place: "/networks/main/head/0", kind: "linear" };
/** What is known after an edit: the place, and how many numbers leave there. */
const after = (before, layers) =>
  carried([...told(before), head], "/networks/main", { layers: before }, { layers }).map(({ place, shape }) => [
    place.replace("/networks/main/", ""),
    shape?.axes[0].size,
  ]);

test("a layer that is put in between moves those behind it, and nothing is known of it", () => {
  assert.deepEqual(after([linear(3), linear(5)], [linear(3), TANH, linear(5)]), [
    ["layers/0", 3],
    ["layers/2", 5],
    ["head/0", undefined],
  ]);
});

test("what is taken out leaves the others known", () => {
  assert.deepEqual(after([linear(3), TANH, linear(5)], [TANH, linear(5)]), [
    ["layers/0", 3],
    ["layers/1", 5],
    ["head/0", undefined],
  ]);
});

test("a layer whose setting changes stays as it was last told; one of another kind is unknown", () => {
  assert.deepEqual(after([linear(3), TANH], [linear(9), DROPOUT]), [
    ["layers/0", 3],
    ["head/0", undefined],
  ]);
});

test("a layer keeps what is known of it where it moves, with those that it holds", () => {
  assert.deepEqual(after([residual(linear(2), TANH), linear(5)], [linear(5), residual(linear(2), TANH)]), [
    ["layers/0", 5],
    ["layers/1", 2],
    ["layers/1/layers/0", 2],
    ["layers/1/layers/1", 2],
    ["head/0", undefined],
  ]);
});

test("within a layer that holds others only what is new is unknown", () => {
  assert.deepEqual(after([residual(linear(2))], [residual(linear(2), DROPOUT)]), [
    ["layers/0", 2],
    ["layers/0/layers/0", 2],
    ["head/0", undefined],
  ]);
});

test("the same network keeps the very same entries, so that nothing is drawn anew", () => {
  const network = { layers: [linear(3)] };
  const entries = told(network.layers);
  assert.equal(carried(entries, "/networks/main", network, network), entries);
});

test("of a layer that no longer fits the last answer stands, and a head is there or not", () => {
  const [first, second] = told([linear(3), TANH]);
  assert.deepEqual(completed([first, second, head], [second]), [second, first]);
});
