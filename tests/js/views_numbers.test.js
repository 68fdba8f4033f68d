import assert from "node:assert/strict";
import { test } from "node:test";
import { leading, answerAt } from "../../static/js/views/surface.js";

const frame = {
  about: { half_side: 6, output: "probability" },
  arrays: { output: { data: Uint8Array.of(0, 51, 102, 255), shape: [1, 2, 2], low: 0, high: 1 } },
};

test("the answer at a point is that of its pixel; the top row is the top of the plane", () => {
  assert.deepEqual(answerAt(frame, -3, 3), [1, 0]);
  assert.deepEqual(answerAt(frame, 3, -3), [0, 1]);
  assert.equal(answerAt(frame, 3, 3)[1].toFixed(2), "0.20");
  assert.equal(answerAt(frame, 7, 0), null);
});

test("probabilities of several classes are read one by one", () => {
  const three = {
    about: { half_side: 6, output: "probabilities" },
    arrays: { output: { data: Uint8Array.of(51, 153, 51), shape: [3, 1, 1], low: 0, high: 1 } },
  };
  assert.deepEqual(
    answerAt(three, 0, 0).map((share) => share.toFixed(1)),
    ["0.2", "0.6", "0.2"],
  );
  assert.equal(leading(answerAt(three, 0, 0)), 1);
});
