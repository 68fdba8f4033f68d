import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "@preact/signals-core";
import { makeAsking, nested } from "../../static/js/views/asking.js";

/** A network that answers when it is told to. @param {number | null} checkpoint */
function slow(checkpoint) {
  const saved = signal(checkpoint);
  const run = signal(/** @type {any} */ ({ id: "r1", checkpoint: saved }));
  /** @type {{sample: any, finish: () => Promise<void>, fail: () => Promise<void>}[]} */
  const asked = [];
  const settled = () => new Promise((done) => setTimeout(done));
  const ask = (/** @type {string} */ _, /** @type {any} */ sample) =>
    new Promise((done, fail) => {
      asked.push({
        sample,
        finish: () => (
          done([{ probe: "activations", step: saved.peek(), epoch: 0, about: {}, arrays: {} }]),
          settled()
        ),
        fail: () => (fail(new Error("The launcher is busy.")), settled()),
      });
    });
  return { run, saved, asked, asking: makeAsking(run, /** @type {any} */ (ask)), settled };
}

const sample = (/** @type {string} */ title) => ({ levels: [0], shape: [1], title });

test("one question at a time; the newest sample is the next, and what lay between is never asked", async () => {
  const { asking, asked } = slow(16);
  for (const title of ["a", "b", "c"]) asking.choose(sample(title));
  assert.deepEqual(
    asked.map(({ sample }) => sample.title),
    ["a"],
  );
  await asked[0].finish();
  assert.equal(asking.answer.value?.sample.title, "a");
  assert.equal(asking.answer.value?.frames.activations.about.asked, "a");
  assert.deepEqual(
    asked.map(({ sample }) => sample.title),
    ["a", "c"],
  );
  await asked[1].finish();
  assert.equal(asking.answer.value?.sample.title, "c");
  assert.equal(asked.length, 2);
});

test("nothing is asked before a state is saved; then the sample is put to each newer one", async () => {
  const { asking, asked, saved } = slow(null);
  asking.choose(sample("a"));
  assert.equal(asked.length, 0);
  saved.value = 16;
  await asked[0].finish();
  assert.equal(asking.answer.value?.step, 16);
  saved.value = 32;
  await asked[1].finish();
  assert.equal(asking.answer.value?.step, 32);
});

test("an answer to a run that is left, or to a sample given up, is not shown", async () => {
  const { asking, asked, run } = slow(16);
  asking.choose(sample("a"));
  asking.choose(null);
  await asked[0].finish();
  assert.equal(asking.answer.value, null);
  asking.choose(sample("b"));
  run.value = null;
  await asked[1].finish();
  assert.equal(asking.answer.value, null);
});

test("a failed question says why, and the next is asked all the same", async () => {
  const { asking, asked } = slow(16);
  asking.choose(sample("a"));
  await asked[0].fail();
  assert.equal(asking.trouble.value, "The launcher is busy.");
  asking.choose(sample("b"));
  await asked[1].finish();
  assert.equal(asking.trouble.value, "");
  assert.equal(asking.answer.value?.sample.title, "b");
});

test("numbers row by row become lists within lists, and an empty cell stays empty", () => {
  assert.deepEqual(nested([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]), [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]); // prettier-ignore
  assert.deepEqual(nested([0.123456, null], [2]), [0.1235, null]);
});
