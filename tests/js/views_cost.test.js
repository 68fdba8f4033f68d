// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { GPT_2, GPT_2_PASS, GPT_3, secondsOf, shareOf, spentBy } from "../../static/js/views/costDrawn.js";

const started = /** @type {any} */ ({ parameters: 1000 });
const speed = /** @type {any} */ ({
  epoch: 2.5,
  samples_per_second: 800,
  epochs_per_second: 4,
  multiply_adds: 1.57e13,
  seconds: 10,
});

test("tokens are samples of all epochs, each with its places", () => {
  assert.deepEqual(spentBy(started, speed, 64), { parameters: 1000, tokens: 2.5 * 200 * 64, multiplyAdds: 1.57e13 });
  assert.equal(spentBy(started, { ...speed, samples_per_second: 800.33 }, 64)?.tokens, 2.5 * 200 * 64); // as it comes
  assert.equal(spentBy(started, null, 64), null);
  assert.equal(spentBy(started, { ...speed, epochs_per_second: 0 }, 64), null);
});

test("the axis goes by powers of ten", () => {
  assert.equal(shareOf(1), 0);
  assert.equal(shareOf(1e12), 0.5);
  assert.equal(shareOf(1e30), 1);
});

test("GPT-3 takes as many times longer as it has more multiply-adds", () => {
  const spent = spentBy(started, speed, 64);
  assert.ok(spent);
  assert.ok(Math.abs(secondsOf(GPT_3.multiplyAdds ?? 0, spent, 10) / 1e11 - 1) < 1e-9);
});

test("what GPT-3 is said to have cost is three multiply-adds a parameter and a token, as it is taken for GPT-2", () => {
  const ofTokens = 3 * (GPT_3.parameters ?? 0) * (GPT_3.tokens ?? 0);
  assert.ok(Math.abs(ofTokens / (GPT_3.multiplyAdds ?? 0) - 1) < 0.01);
  assert.equal(GPT_2_PASS, 3 * (GPT_2.parameters ?? 0) * (40e9 / 4));
});
