import assert from "node:assert/strict";
import { test } from "node:test";
import { report } from "../../static/js/editor/checking.js";
import { isAllowed, isLive, isLivePlace } from "../../static/js/editor/liveEdits.js";
import { families, titleOfSetting } from "../../static/js/api/parts.js";
import { experiment } from "../../static/js/editor/document.js";

/** As the checker tells it, see tests/experiment/test_live.py. */
report.value = /** @type {any} */ ({
  live: {
    "/training/batch_size": { type: "integer", minimum: 1, maximum: 65536 },
    "/training/regularization/clip_norm": { type: "number", minimum: 0 },
    "/networks/critic/optimizer/lr": { type: "number", exclusiveMinimum: 0 },
  },
  live_groups: ["/training/regularization"],
});

/** @param {string} path @param {any} value @returns {import("../../static/js/api/client.js").Edit} */
const set = (path, value) => ({ op: "replace", path, value });

test("a run takes what the report calls live, also in groups of settings", () => {
  assert.equal(isLive(set("/training/batch_size", 5)), true);
  assert.equal(isLive(set("/training/regularization/clip_norm", 5)), true);
  assert.equal(isLive(set("/training/epochs", 5)), false);
  assert.equal(isLive(set("/training/regularization", {})), false);
  assert.equal(isLive({ op: "remove", path: "/training/batch_size" }), false);
});

test("a group of settings is live where each of it is", () => {
  assert.equal(isLivePlace("/training/regularization"), true);
  assert.equal(isLivePlace("/training/batch_size"), true);
  assert.equal(isLivePlace("/optimizer"), false);
});

test("a value beyond the bounds of its field is never sent to a run", () => {
  const allowed = [1, 5, 65536].map((value) => isAllowed(set("/training/batch_size", value)));
  const refused = [-5, 0, 65537, 2.5].map((value) => isAllowed(set("/training/batch_size", value)));
  assert.deepEqual(allowed, [true, true, true]);
  assert.deepEqual(refused, [false, false, false, false]);
  assert.equal(isAllowed(set("/training/regularization/clip_norm", -0.1)), false);
  assert.equal(isAllowed(set("/networks/critic/optimizer/lr", 0)), false);
});

test("the settings of a network's own optimizer name the network", () => {
  const schema = { properties: { lr: { type: "number", title: "Learning rate" } } };
  families.value = /** @type {any} */ ({ optimizers: [{ kind: "adam", title: "Adam", schema }] });
  experiment.value = { optimizer: { kind: "sgd" }, networks: { main: {}, critic: { optimizer: { kind: "adam" } } } };
  assert.equal(titleOfSetting(experiment.value, "/networks/critic/optimizer/lr"), "critic · Learning rate");
});
