import assert from "node:assert/strict";
import { test } from "node:test";
import { diagnose } from "../../static/js/live/diagnosis.js";
import { told } from "../../static/js/live/phases.js";
import { setting } from "../../static/js/live/rescue.js";

/** @param {[number, number][]} losses train and validation, one evaluation an epoch */
const course = (losses, more = {}) => ({
  evaluations: losses.map(([train, validation], i) => ({
    type: "evaluated",
    seq: i,
    time: i,
    step: i * 10,
    epoch: i,
    metrics: { train_loss: train, validation_loss: validation },
  })),
  warnings: [],
  finished: null,
  ...more,
});

/** @param {ReturnType<typeof diagnose>} findings */
const heads = (findings) => findings.map(({ head, sentence }) => head?.template ?? sentence.template);

const steps = (count, make) => Array.from({ length: count }, (_, i) => make(i));

test("without a run it says that nothing was trained", () => {
  assert.deepEqual(heads(diagnose(null, {})), ["Not trained yet."]);
});

test("at the start of a run it is silent", () => {
  assert.deepEqual(diagnose(course([[0.7, 0.7]]), {}), []);
});

test("a loss that falls is still learning", () => {
  assert.deepEqual(heads(diagnose(course(steps(20, (i) => [0.7 - 0.02 * i, 0.72 - 0.02 * i])), {})), [
    "Still learning.",
  ]);
});

test("a small loss on both is learned, not memorised", () => {
  const losses = steps(30, (i) => (i < 5 ? [0.7, 0.7] : [0.01, 0.012]));
  assert.deepEqual(heads(diagnose(course(losses), {})), ["Learned, not memorised."]);
});

test("validation that rises while training falls is memorising, since the epoch of its lowest", () => {
  const losses = steps(40, (i) => [0.7 - 0.015 * i, i < 10 ? 0.7 - 0.03 * i : 0.4 + 0.01 * (i - 10)]);
  const [finding] = diagnose(course(losses), { training: {} });
  assert.equal(finding.head?.values?.epoch, 10);
  assert.equal(finding.tone, "warning");
  assert.deepEqual(finding.fix?.edits, [{ op: "add", path: "/training/early_stopping", value: { patience: 20 } }]);
});

test("one bad evaluation is no trend", () => {
  const losses = steps(30, (i) => [0.5, i === 29 ? 0.9 : 0.5]);
  assert.ok(!heads(diagnose(course(losses), {})).some((head) => head.startsWith("Memorising")));
});

test("a standstill that the run has overcome is told no more; one that lasts is", () => {
  const sentence = { template: "The loss has stopped falling.", values: {} };
  const stands = { type: "warned", seq: 9, time: 9, step: 100, what: "converged", sentence, fix: null };
  const [lasting, over] = [0.49, 0.3].map((end) =>
    heads(
      diagnose(
        course(
          steps(30, (i) => [i < 20 ? 0.5 : end, 0.5]),
          { warnings: [stands] },
        ),
        {},
      ),
    ),
  );
  assert.ok(lasting.includes(sentence.template));
  assert.ok(!over.includes(sentence.template));
});

test("what the run says of itself comes first, and once", () => {
  const sentence = { template: "The loss became infinite at step {step}.", values: { step: 3 } };
  const fix = { title: { template: "Set the learning rate to {better}", values: { better: 0.03 } }, edits: [] };
  const warnings = [{ type: "warned", seq: 1, time: 0, what: "diverged", sentence, fix }];
  const finished = { type: "finished", seq: 2, time: 0, reason: "diverged", sentence };
  const findings = diagnose(
    course(
      steps(20, () => [0.7, 0.7]),
      { warnings, finished },
    ),
    {},
  );
  assert.equal(findings.length, 1);
  assert.equal(findings[0].fix, fix);
});

test("edits bring the parents that a document leaves out", () => {
  assert.deepEqual(setting({}, ["training", "regularization", "l2"], 0.1), [
    { op: "add", path: "/training", value: { regularization: { l2: 0.1 } } },
  ]);
  assert.deepEqual(setting({ training: { regularization: {} } }, ["training", "regularization", "l2"], 0.1), [
    { op: "add", path: "/training/regularization/l2", value: 0.1 },
  ]);
});

test("two losses are printed with as many digits as tell them apart", () => {
  assert.deepEqual(told(0.41234, 0.39871), ["0.412", "0.399"]);
  assert.deepEqual(told(0.412341, 0.412311), ["0.41234", "0.41231"]);
});
