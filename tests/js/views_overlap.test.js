import assert from "node:assert/strict";
import { test } from "node:test";
import { outlines } from "../../static/js/views/masked.js";
import { iou, meanIou, overlaps, overlapsOf } from "../../static/js/views/overlap.js";

// 0 ground, 1 circle, 2 square, 3 never there
const truth = [0, 0, 1, 1, 1, 2];
const predicted = [0, 1, 1, 1, 0, 2];

test("the overlap of each class is worked out by hand", () => {
  assert.deepEqual(overlaps(truth, predicted, 4).map(iou), [1 / 3, 2 / 4, 1, null]);
  assert.equal(meanIou(overlaps(truth, predicted, 4)), (1 / 3 + 1 / 2 + 1) / 3);
});

test("counted pixels give the same as the masks themselves", () => {
  const counts = [0, 1, 2, 3].map((row) =>
    [0, 1, 2, 3].map((column) => truth.filter((label, at) => label === row && predicted[at] === column).length),
  );
  assert.deepEqual(overlapsOf(counts), overlaps(truth, predicted, 4));
});

test("one sample out of several masks is looked at by itself", () => {
  assert.deepEqual(overlaps(truth, predicted, 4, 2, 4).map(iou), [null, 1, null, null]);
  assert.equal(meanIou(overlaps([], [], 2)), null);
});

test("outlines run between pixels of different classes, and belong to the thing, not to its ground", () => {
  const mask = [0, 0, 0, 0, 1, 2, 0, 0, 0];
  const found = outlines(mask, 3, 3, 0);
  assert.deepEqual([...found.keys()].sort(), [1, 2]);
  assert.equal(found.get(1)?.length, 4); // all its sides, one of them towards 2
  assert.equal(found.get(2)?.length, 2);
  assert.deepEqual(
    found.get(1)?.find(([x1]) => x1 === 2),
    [2, 1, 2, 2],
  );
});
