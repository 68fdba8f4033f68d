import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { changes } from "../../static/js/editor/patch.js";
import { emptyJournal, takeIn } from "../../static/js/live/journal.js";
import { verdictAt } from "../../static/js/live/verdict.js";

const sentence = { template: "Validation loss fell from {before} to {now}.", values: { before: 0.5, now: 0.4 } };

/** @param {[number, string | null][]} told step and what is said from it on, null where it is taken back */
const journalOf = (told, more = []) => {
  const journal = emptyJournal();
  const events = told.map(([step, what]) => ({
    type: "judged",
    step,
    epoch: step / 10,
    verdict: what && { what, tone: "plain", head: { template: "Still learning.", values: {} }, sentence, fix: null },
  }));
  takeIn(
    journal,
    [...events, ...more].map((event, i) => ({ seq: i + 1, time: i, ...event })),
  );
  return journal;
};

test("the newest verdict holds, and one that was taken back does not", () => {
  assert.equal(verdictAt(journalOf([])), null);
  assert.equal(verdictAt(journalOf([[10, "learning"]]))?.what, "learning");
  assert.equal(
    verdictAt(
      journalOf([
        [10, "learning"],
        [20, "memorising"],
      ]),
    )?.what,
    "memorising",
  );
  assert.equal(
    verdictAt(
      journalOf([
        [10, "learning"],
        [20, null],
      ]),
    ),
    null,
  );
});

test("a moment that is past has the verdict of its time", () => {
  const journal = journalOf([
    [10, "learning"],
    [20, null],
    [30, "learned"],
  ]);
  const at = [5, 10, 19, 20, 29, 30, 99].map((step) => verdictAt(journal, step)?.what ?? null);
  assert.deepEqual(at, [null, "learning", "learning", null, null, "learned", "learned"]);
});

test("a run that goes on from a checkpoint drops what was said after it", () => {
  const journal = journalOf(
    [
      [10, "learning"],
      [30, "memorising"],
    ],
    [{ type: "rewound", step: 16 }],
  );
  assert.equal(verdictAt(journal)?.what, "learning");
});

test("a crash is said instead of a verdict, but not of the moments before it", () => {
  const journal = journalOf(
    [[10, "learning"]],
    [{ type: "finished", step: 40, epoch: 4, reason: "failed", sentence: { template: "It broke.", values: {} } }],
  );
  assert.equal(verdictAt(journal)?.what, "failed");
  assert.equal(verdictAt(journal, 39)?.what, "learning");
});

test("a run of an older version shows its explosion with the fix", () => {
  const journal = emptyJournal();
  const lines = readFileSync("tests/fixtures/runs/diverged.jsonl", "utf-8").trim().split("\n");
  takeIn(
    journal,
    lines.map((line) => JSON.parse(line)),
  );
  const verdict = verdictAt(journal);
  assert.equal(verdict?.what, "diverged");
  assert.deepEqual(verdict?.fix?.edits, [{ op: "replace", path: "/optimizer/lr", value: 0.03 }]);
});

test("edits that say what stands there already change nothing", () => {
  const document = { optimizer: { kind: "adam", lr: 0.01 }, networks: { main: { layers: [{ kind: "relu" }] } } };
  const lr = (/** @type {number} */ value) => changes(document, [{ op: "replace", path: "/optimizer/lr", value }]);
  assert.equal(lr(0.01), false);
  assert.equal(lr(0.03), true);
  assert.equal(changes(document, [{ op: "add", path: "/optimizer", value: { lr: 0.01, kind: "adam" } }]), false);
  assert.equal(changes(document, [{ op: "add", path: "/training/epochs", value: 5 }]), true);
});
