import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { append, appendRows, column, emptyColumns, rewind } from "../../static/js/live/columns.js";
import { emptyJournal, openTest, takeIn } from "../../static/js/live/journal.js";

/** @param {string} name */
const log = (name) =>
  readFileSync(new URL(`../fixtures/runs/${name}.jsonl`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

/** @param {ReturnType<typeof emptyJournal>} journal */
const whole = (journal) => ({
  ...journal,
  columns: plain(journal.columns),
  metrics: plain(journal.metrics),
});

/** @param {ReturnType<typeof emptyColumns>} columns */
const plain = (columns) => ({
  marks: columns.marks,
  ...Object.fromEntries(Object.keys(columns.store).map((name) => [name, [...column(columns, name)]])),
});

/** Numbers from 0 to 1, the same each time. @param {number} seed */
function dice(seed) {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

test("a log read in pieces, with some told twice, adds up to the log read straight", () => {
  const events = log("interrupted");
  const straight = emptyJournal();
  assert.ok(takeIn(straight, events));
  for (let seed = 1; seed <= 20; seed += 1) {
    const random = dice(seed);
    const pieces = emptyJournal();
    let at = 0;
    while (pieces.seq < events.length) {
      const from = Math.max(0, at - Math.floor(random() * 5));
      at = Math.min(events.length, from + 1 + Math.floor(random() * 40));
      if (random() < 0.1) takeIn(pieces, events.slice(at + 1, at + 3)); // a hole: must be refused
      assert.ok(takeIn(pieces, events.slice(from, at)));
    }
    assert.deepEqual(whole(pieces), whole(straight));
  }
});

test("events beyond a hole are not taken in", () => {
  const events = log("interrupted");
  const journal = emptyJournal();
  takeIn(journal, events.slice(0, 5));
  assert.equal(takeIn(journal, events.slice(6, 9)), false);
  assert.equal(journal.seq, 5);
});

test("after attempts that were killed no step is missing, doubled or out of order", () => {
  const journal = emptyJournal();
  takeIn(journal, log("interrupted"));
  const steps = column(journal.columns, "step");
  for (let i = 0; i < 1024; i += 1) assert.equal(steps[i], i + 1);
  assert.ok(steps.every((step, i) => i === 0 || step > steps[i - 1]));
  assert.equal(journal.step, steps[steps.length - 1]);
  const evaluated = journal.evaluations.map(({ step }) => step);
  assert.deepEqual(
    evaluated,
    [...new Set(evaluated)].sort((a, b) => a - b),
  );
  assert.ok(journal.attempt > 1);
  assert.equal(journal.status, "done");
});

test("each command stands once, though a new attempt applies it again", () => {
  const journal = emptyJournal();
  takeIn(journal, log("interrupted"));
  const numbers = journal.commandsApplied.map(({ number }) => number);
  assert.deepEqual(numbers, [...new Set(numbers)]);
});

test("seconds of training never run backwards and leave pauses out", () => {
  const columns = emptyColumns();
  const at = (time, type, more = {}) => ({ seq: 0, time, type, ...more });
  append(columns, [
    at(100, "started", { attempt: 1 }),
    at(102, "measured", { columns: { step: [1, 2], epoch: [0.5, 1], train_loss: [1, 0.5] } }),
    at(102, "paused"),
    at(500, "resumed"),
    at(501, "measured", { columns: { step: [3], epoch: [1.5], train_loss: [0.4] } }),
  ]);
  assert.deepEqual([...column(columns, "seconds")], [1, 2, 3]);
});

test("numbers that are not finite leave a gap and a mark", () => {
  const columns = emptyColumns();
  appendRows(columns, { step: [1, 2, 3], train_loss: [1, "Infinity", "NaN"] });
  assert.deepEqual([...column(columns, "train_loss")], [1, NaN, NaN]);
  assert.deepEqual(
    columns.marks.map(({ step, value }) => [step, value]),
    [
      [2, "Infinity"],
      [3, "NaN"],
    ],
  );
});

test("rewinding drops later steps, and what comes again stands once", () => {
  const columns = emptyColumns();
  appendRows(columns, { step: [1, 2, 3, 4], train_loss: [4, 3, "NaN", 1] });
  rewind(columns, 2);
  assert.deepEqual(columns.marks, []);
  appendRows(columns, { step: [2, 3], train_loss: [9, 2.5] });
  assert.deepEqual([...column(columns, "step")], [1, 2, 3]);
  assert.deepEqual([...column(columns, "train_loss")], [4, 3, 2.5]);
});

test("columns that come late or stay away leave gaps", () => {
  const columns = emptyColumns();
  appendRows(columns, { step: [1], a: [1] });
  appendRows(columns, { step: [2], b: [2] });
  assert.deepEqual([...column(columns, "a")], [1, NaN]);
  assert.deepEqual([...column(columns, "b")], [NaN, 2]);
  assert.deepEqual([...column(columns, "c")], [NaN, NaN]);
});

test("growing takes few reallocations, however many points come", () => {
  const columns = emptyColumns();
  const stores = new Set();
  for (let step = 1; step <= 20000; step += 1) {
    appendRows(columns, { step: [step], train_loss: [1 / step] });
    stores.add(columns.store.train_loss);
  }
  assert.ok(stores.size <= 8);
  assert.equal(column(columns, "train_loss")[19999], 1 / 20000);
});

test("a run that diverged says at which step", () => {
  const journal = emptyJournal();
  takeIn(journal, log("diverged"));
  assert.equal(journal.status, "diverged");
  assert.equal(journal.warnings[0].what, "diverged");
});

test("the newest saved state is known, and rewinding goes back to the one it went on from", () => {
  const journal = emptyJournal();
  const say = (/** @type {any} */ event) => takeIn(journal, [{ seq: journal.seq + 1, time: 0, ...event }]);
  assert.equal(journal.checkpoint, null);
  say({ type: "checkpoint_saved", step: 16, epoch: 0.5 });
  say({ type: "checkpoint_saved", step: 32, epoch: 1 });
  assert.equal(journal.checkpoint, 32);
  say({ type: "rewound", step: 16 });
  assert.equal(journal.checkpoint, 16);
  say({ type: "rewound", step: 0 });
  assert.equal(journal.checkpoint, null);
});

test("what is told of the test samples once they are opened is in every evaluation, also in those still on their way", () => {
  const events = log("interrupted");
  const sealed = events.map((event) => {
    if (!event.metrics) return event;
    const metrics = Object.entries(event.metrics).filter(([name]) => !name.startsWith("test_"));
    return { ...event, metrics: Object.fromEntries(metrics) };
  });
  const straight = emptyJournal();
  takeIn(straight, events);
  const evaluations = Object.fromEntries(
    ["step", "test_loss", "test_accuracy", "test_macro_f1"].map((name) => [name, [...column(straight.metrics, name)]]),
  );
  const half = Math.floor(events.length / 2);
  const journal = emptyJournal();
  takeIn(journal, sealed.slice(0, half));
  assert.equal(Object.keys(journal.metrics.store).includes("test_loss"), false);
  openTest(journal, evaluations);
  takeIn(journal, sealed.slice(half));
  assert.deepEqual(plain(journal.metrics), plain(straight.metrics));
  assert.deepEqual(
    journal.evaluations.map(({ metrics }) => metrics),
    straight.evaluations.map(({ metrics }) => metrics),
  );
});

test("where a step is evaluated again, what was measured last counts, as in the record", () => {
  const events = [0, 4, 4].map((step, at) => ({
    type: "evaluated", seq: at + 1, time: 0, step, epoch: step / 10, metrics: { train_loss: 3 - at }, layers: {},
  })); // prettier-ignore
  const journal = emptyJournal();
  assert.ok(takeIn(journal, events));
  assert.deepEqual([...column(journal.metrics, "step")], [0, 4]);
  assert.deepEqual([...column(journal.metrics, "train_loss")], [3, 1]);
  assert.deepEqual(
    journal.evaluations.map(({ metrics }) => metrics.train_loss),
    [3, 1],
  );
});
