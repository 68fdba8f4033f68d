import assert from "node:assert/strict";
import { test } from "node:test";
import { momentOf, nearestEvaluation } from "../../static/js/live/momentOf.js";

/** @param {number} step */
const evaluated = (step) => ({ type: "evaluated", seq: step, time: 0, step, epoch: step / 10, metrics: {} });
const evaluations = [0, 10, 20, 40].map(evaluated);

test("a step has the evaluation that is nearest to it, the one before it where two are as near", () => {
  const nearest = (/** @type {number} */ step) => nearestEvaluation(evaluations, step)?.step;
  assert.deepEqual([0, 4, 5, 6, 10, 31, 30, 40, 99].map(nearest), [0, 0, 0, 10, 10, 40, 20, 40, 40]);
  assert.equal(nearestEvaluation([], 3), null);
});

test("without a chosen step the moment is now, with the newest evaluation and its own epoch", () => {
  const now = momentOf({ step: 47, epoch: 4.7, evaluations }, null);
  assert.deepEqual([now.step, now.epoch, now.past, now.evaluation?.epoch], [47, 4.7, false, 4]);
  const before = momentOf({ step: 47, epoch: 4.7, evaluations }, { step: 16, epoch: 1.6 });
  assert.deepEqual([before.step, before.epoch, before.past, before.evaluation?.epoch], [16, 1.6, true, 2]);
});
