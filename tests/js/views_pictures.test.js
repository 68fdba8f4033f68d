import assert from "node:assert/strict";
import { test } from "node:test";
import { colourer } from "../../static/js/views/pictures.js";

test("what is drawn beyond black and white is cut off, not wrapped around", () => {
  const light = { white: 1, paper: false };
  assert.deepEqual(colourer([-0.2, 0.5, 1.3], [3, 1, 1], light)(0), [0, 127.5, 255]);
});
