import assert from "node:assert/strict";
import { test } from "node:test";
import { shifted } from "../../static/js/views/shift.js";

const LEVELS = [1, 2, 3, 4, 5, 6]; // one channel of two rows

test("a picture moves by whole pixels, and its edges follow", () => {
  assert.deepEqual([...shifted(LEVELS, [1, 2, 3], [1, 0])], [1, 1, 2, 4, 4, 5]);
  assert.deepEqual([...shifted(LEVELS, [1, 2, 3], [0, -1])], [4, 5, 6, 4, 5, 6]);
  assert.deepEqual([...shifted(LEVELS, [1, 2, 3], [0, 0])], LEVELS);
});

test("each channel moves by itself", () => {
  assert.deepEqual([...shifted([1, 2, 3, 4], [2, 1, 2], [-1, 0])], [2, 2, 4, 4]);
});
