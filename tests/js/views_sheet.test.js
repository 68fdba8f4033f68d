import assert from "node:assert/strict";
import { test } from "node:test";
import { sheetOf } from "../../static/js/views/sheet.js";

test("pictures stand beside one another, row after row, each channel by itself", () => {
  const three = [1, 2, 3, 4, 5, 6]; // of 1 × 2 pixels
  assert.deepEqual(sheetOf(three, [3, 1, 1, 2], 2), { levels: Uint8Array.of(1, 2, 3, 4, 5, 6, 0, 0), shape: [1, 2, 4] }); // prettier-ignore
  assert.deepEqual(sheetOf(three, [3, 2, 1, 1], 9), { levels: Uint8Array.of(1, 3, 5, 2, 4, 6), shape: [2, 1, 3] });
});
