/** What is said of a run beside its curves. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { resources, speedWords } from "../../static/js/live/stateWords.js";

test("what a run cost begins with what trained it, as soon as that is known", () => {
  const speed = /** @type {any} */ ({ seconds: 2, cpu_seconds: 1, multiply_adds: 1000 });
  assert.equal(resources(speed, "compiled")[0].text, "compiled loop");
  assert.equal(resources(speed, "eager")[0].text, "PyTorch");
  assert.equal(resources(speed).length, resources(speed, "eager").length - 1);
  assert.deepEqual(resources(null, "eager"), []);
});

test("nothing is said of speed before a step was timed, then in the unit that moves", () => {
  const speed = (steps, epochs) => /** @type {any} */ ({ steps_per_second: steps, epochs_per_second: epochs });
  assert.deepEqual([null, speed(0, 0), speed(2, 0.02), speed(300, 3)].map(speedWords), ["", "", "2 steps/s", "3 epochs/s"]); // prettier-ignore
});
