import assert from "node:assert/strict";
import { test } from "node:test";
import { activationEdits, activationsOf } from "../../static/js/editor/activations.js";
import { patched } from "../../static/js/editor/patch.js";

/** @type {any[]} */
const PARTS = [
  { kind: "linear", followed_by: "tanh" },
  { kind: "conv2d", followed_by: "relu" },
  { kind: "batch_norm2d", normalises: true },
  { kind: "tanh", rides: true, elementwise: true },
  { kind: "relu", rides: true, elementwise: true },
  { kind: "softmax", rides: true, elementwise: false },
  { kind: "residual" },
];
const kinds = (/** @type {any[]} */ layers) => layers.map(({ kind }) => kind);
const network = (/** @type {string[]} */ ...all) => ({ layers: all.map((kind) => ({ kind })) });

test("all activations change at once, the inner ones too, but for one that gives the answer", () => {
  const inner = { kind: "residual", ...network("linear", "tanh") };
  const document = {
    networks: {
      main: { layers: [{ kind: "linear" }, { kind: "tanh" }, inner, { kind: "softmax" }] },
      drawing: { ...network("linear", "relu", "linear", "tanh"), head: false },
    },
  };
  assert.deepEqual(kinds(activationsOf(document, PARTS)), ["tanh", "tanh", "relu"]);
  const { networks } = patched(document, activationEdits(document, PARTS, "relu"));
  assert.deepEqual(kinds(networks.main.layers), ["linear", "relu", "residual", "softmax"]);
  assert.deepEqual(kinds(networks.main.layers[2].layers), ["linear", "relu"]);
  assert.deepEqual(kinds(networks.drawing.layers), ["linear", "relu", "linear", "tanh"]);
});

test("taken out and put in again, activations stand where they stood", () => {
  const layers = ["conv2d", "batch_norm2d", "relu", "linear", "relu"];
  const document = { networks: { main: network(...layers) } };
  const bare = patched(document, activationEdits(document, PARTS, ""));
  assert.deepEqual(kinds(bare.networks.main.layers), ["conv2d", "batch_norm2d", "linear"]);
  const again = patched(bare, activationEdits(bare, PARTS, "relu"));
  assert.deepEqual(kinds(again.networks.main.layers), layers);
});
