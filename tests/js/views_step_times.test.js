// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { powersAround, share } from "../../static/js/views/logPlot.js";
import { beside, labelOf } from "../../static/js/views/stepTimes.js";

test("layers that follow their like are counted", () => {
  assert.equal(labelOf(["embedding", "transformer_block", "transformer_block", "lstm"]), "embedding → 2 × transformer_block → lstm"); // prettier-ignore
});

test("a network that is measured again takes its own place, and four are kept", () => {
  const named = (/** @type {string} */ label) => ({ label, measured: [] });
  assert.deepEqual(
    beside(["a", "b", "c", "d"].map(named), named("b")).map(({ label }) => label),
    ["a", "c", "d", "b"],
  );
  assert.equal(beside(["a", "b", "c", "d"].map(named), named("e")).length, 4);
});

test("a value lies on a logarithmic axis by its ratio", () => {
  assert.ok(Math.abs(share(32, 16, 64) - 0.5) < 1e-12);
  assert.equal(share(5, 5, 5), 0.5);
});

test("an axis begins and ends at powers of ten", () => {
  assert.deepEqual(powersAround([0.02, 3]).map((power) => Math.round(Math.log10(power))), [-2, -1, 0, 1]); // prettier-ignore
  assert.equal(powersAround([5]).length, 2);
});
