import assert from "node:assert/strict";
import { test } from "node:test";
import { isAllowed, isLive } from "../../static/js/editor/liveEdits.js";
import { families, forms, titleOfSetting } from "../../static/js/api/parts.js";
import { experiment } from "../../static/js/editor/document.js";

const BATCH = { type: "integer", live: true, minimum: 1, maximum: 65536 };
const CLIP = { type: "number", live: true, minimum: 0 };
forms.value = {
  training: {
    properties: { batch_size: BATCH, epochs: { type: "integer" }, regularization: { properties: { clip_norm: CLIP } } },
  },
};

/** @param {string} path @param {any} value @returns {import("../../static/js/api/client.js").Edit} */
const set = (path, value) => ({ op: "replace", path, value });

test("a run takes what its fields call live, also in groups of settings", () => {
  assert.equal(isLive(set("/training/batch_size", 5)), true);
  assert.equal(isLive(set("/training/regularization/clip_norm", 5)), true);
  assert.equal(isLive(set("/training/epochs", 5)), false);
});

test("a value beyond the bounds of its field is never sent to a run", () => {
  const allowed = [1, 5, 65536].map((value) => isAllowed(set("/training/batch_size", value)));
  const refused = [-5, 0, 65537, 2.5].map((value) => isAllowed(set("/training/batch_size", value)));
  assert.deepEqual(allowed, [true, true, true]);
  assert.deepEqual(refused, [false, false, false, false]);
  assert.equal(isAllowed(set("/training/regularization/clip_norm", -0.1)), false);
});

test("a network's own optimizer is set while it trains as the shared one is, and its settings name the network", () => {
  const rate = { type: "number", live: true, exclusiveMinimum: 0, title: "Learning rate" };
  const schema = { properties: { lr: rate, betas: {} } };
  families.value = /** @type {any} */ ({ optimizers: [{ kind: "adam", title: "Adam", schema }] });
  experiment.value = { optimizer: { kind: "sgd" }, networks: { main: {}, critic: { optimizer: { kind: "adam" } } } };
  assert.equal(isLive(set("/networks/critic/optimizer/lr", 0.1)), true);
  assert.equal(isLive(set("/networks/critic/optimizer/betas", 0.1)), false);
  assert.equal(isLive(set("/networks/critic/optimizer", null)), false);
  assert.equal(isLive(set("/networks/main/optimizer/lr", 0.1)), false);
  assert.equal(isAllowed(set("/networks/critic/optimizer/lr", 0)), false);
  assert.equal(titleOfSetting(experiment.value, "/networks/critic/optimizer/lr"), "critic · Learning rate");
});
