// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { grown, shared } from "../../static/js/views/beams.js";

test("each beam goes on from the one that it names", () => {
  const beams = grown([
    { beams: [{ behind: 0, text: "a", log_probability: -1 }, { behind: 0, text: "b", log_probability: -2 }] }, // prettier-ignore
    { beams: [{ behind: 1, text: "c", log_probability: -2.5 }, { behind: 0, text: "", log_probability: -3, ended: true }] }, // prettier-ignore
  ]);
  assert.deepEqual(
    beams.map(({ tokens, logProbability, ended }) => ({ text: tokens.join(""), logProbability, ended })),
    [
      { text: "bc", logProbability: -2.5, ended: false },
      { text: "a", logProbability: -3, ended: true },
    ],
  );
});

test("where in the source was looked goes along with each token", () => {
  const [first] = grown([
    { beams: [{ behind: 0, text: "a", looked: [1, 0], log_probability: -1 }] },
    { beams: [{ behind: 0, text: " b", looked: [0.5, 0.5], log_probability: -2 }] },
    { beams: [{ behind: 0, text: "", looked: [], log_probability: -3, ended: true }] },
  ]);
  assert.deepEqual(first.tokens, ["a", " b"]);
  assert.deepEqual(first.looked, [[1, 0], [0.5, 0.5]]); // prettier-ignore
});

test("what all texts begin with is counted", () => {
  assert.equal(shared(["abc", "abd", "ab"]), 2);
  assert.equal(shared(["same"]), 4);
  assert.equal(shared(["", "a"]), 0);
});
