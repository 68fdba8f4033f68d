import assert from "node:assert/strict";
import { test } from "node:test";
import { textOf } from "../../static/js/views/hiddenWords.js";
import { learnedOf } from "../../static/js/views/points.js";
import { hasTokens, tokenName } from "../../static/js/views/tokenStrip.js";
import { shortOf } from "../../static/js/views/walkWords.js";

const shape = { kind: "tokens", axes: [{ name: "length", size: 3 }] };
const text = /** @type {any} */ ({
  shape,
  classes: [],
  targets: [[1, 2, 0]],
  raw: [[0, 1, 2]],
  vocabulary: ["a", " ", "\n"],
});

test("blanks and line breaks can be seen", () => {
  assert.deepEqual(
    [0, 1, 2].map((number) => tokenName(text.vocabulary, number)),
    ["a", "·", "↵"],
  );
});

test("what follows every token of a text is no mask", () => {
  assert.equal(learnedOf(text), "tokens");
  assert.equal(hasTokens(text), true);
});

test("a window of a text is told by its loss alone", () => {
  const sample = /** @type {any} */ ({ row: 1, truth: [1, 2, 0], answer: [1, 1, 1], share: 0.5, loss: 1.25 });
  assert.deepEqual(shortOf(sample, text), ["", "1.25"]);
});

test("texts to ask about are those of the validation set, in turn, without what fills up", () => {
  const words = /** @type {any} */ ({ vocabulary: ["", "a", "b"], raw: [[1, 0], [2, 1], [2, 0]], split: [0, 1, 1] }); // prettier-ignore
  assert.deepEqual(
    [0, 1, 2].map((turn) => textOf(words, turn)),
    ["b a", "b", "b a"],
  );
  assert.equal(textOf({ ...words, split: [0, 0, 0] }, 2), "b");
  assert.equal(textOf({ ...words, raw: [], split: [] }, 0), "");
});
