import assert from "node:assert/strict";
import { test } from "node:test";
import { isAllowed, isLive } from "../../static/js/editor/liveEdits.js";
import { forms } from "../../static/js/editor/parts.js";

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
