// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { meanOf, rightOf } from "../../static/js/views/masksCompared.js";

test("only tokens that are told count", () => {
  assert.equal(meanOf([null, 1, 3]), 2);
  assert.equal(rightOf([null, "b", "c"], ["a", "b", "x"]), 0.5);
});
