import assert from "node:assert/strict";
import { test } from "node:test";
import { readAnswer, turnsOver } from "../../static/js/live/atOnce.js";

const TOLD = {
  steps: 3,
  epoch: 1,
  seconds: 0.001,
  stepper: "compiled",
  reason: "done",
  metrics: { train_loss: 0.5 },
  columns: { step: [1, 2, 3], epoch: [0.3, 0.7, 1], train_loss: [0.7, "NaN", 0.5] },
  evaluations: { step: [1, 3], epoch: [0.3, 1], train_loss: [0.7, 0.5], validation_loss: [0.8, 0.6] },
};

/** @param {Uint8Array[]} blocks */
function joined(...blocks) {
  const whole = new Uint8Array(blocks.reduce((sum, block) => sum + 4 + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    new DataView(whole.buffer).setUint32(at, block.length, true);
    whole.set(block, at + 4);
    at += 4 + block.length;
  }
  return whole.buffer;
}

/** @param {number[]} output @returns {any} */
const frame = (output) => ({ arrays: { output: { data: Uint8Array.from(output) } } });

test("an answer becomes the columns and evaluations of a run", () => {
  const { run, told, frames } = readAnswer(joined(new TextEncoder().encode(JSON.stringify(TOLD))), 20);
  assert.deepEqual(told, TOLD);
  assert.deepEqual(frames, {});
  assert.deepEqual([...run.columns.store.train_loss.subarray(0, 3)], [0.7, NaN, 0.5]);
  assert.deepEqual(run.columns.marks, [{ step: 2, column: "train_loss", value: "NaN" }]);
  assert.deepEqual(
    run.evaluations.map(({ step, metrics }) => [step, metrics.validation_loss]),
    [
      [1, 0.8],
      [3, 0.6],
    ],
  );
});

test("each answer is a run of its own", () => {
  const answer = joined(new TextEncoder().encode(JSON.stringify(TOLD)));
  assert.notEqual(readAnswer(answer, 1).run.id, readAnswer(answer, 1).run.id);
});

test("a picture turns over where many of its places change their side", () => {
  const before = frame([0, 0, 255, 255, 0, 0, 255, 255, 0, 0]);
  assert.equal(turnsOver(before, frame([0, 0, 255, 255, 0, 0, 255, 255, 0, 255])), false);
  assert.equal(turnsOver(before, frame([255, 255, 0, 0, 0, 0, 255, 255, 0, 0])), true);
  assert.equal(turnsOver(undefined, before), false);
  assert.equal(turnsOver(before, frame([0])), false);
});
