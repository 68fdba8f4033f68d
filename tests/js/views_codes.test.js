import assert from "node:assert/strict";
import { test } from "node:test";
import { codeAt } from "../../static/js/views/codePoint.js";
import { viewOf } from "../../static/js/views/codesDrawn.js";

/** @param {number[]} codes @param {number} axes @param {number[]} [spread] */
function frame(codes, axes, spread) {
  const array = (/** @type {number[]} */ data) => ({
    data: Float32Array.from(data),
    shape: [data.length / axes, axes],
  });
  return /** @type {any} */ ({ arrays: { codes: array(codes), ...(spread && { spread: array(spread) }) } });
}

test("a point stands for two numbers of the code; the others rest", () => {
  assert.deepEqual(codeAt({ numbers: [1, 3], rest: [9, 9, 9, 9] }, [0.5, -2]), [9, 0.5, 9, -2]);
  assert.deepEqual(codeAt({ numbers: [0], rest: [9] }, [0.5, 0.5]), [0.5]);
});

test("the plane holds every code: clouds around 0, others around their own middle", () => {
  const { x, y, half } = viewOf(frame([10, -1, 14, 1], 2));
  assert.deepEqual([x, y], [12, 0]);
  assert.ok(half > 2 && half < 3);
  assert.deepEqual(viewOf(frame([0.1, 0.2, -0.1, 0.1], 2, [1, 1, 1, 1])), { x: 0, y: 0, half: 3 * 1.15 });
  assert.ok(viewOf(frame([0, -8], 2, [1, 1])).half > 8);
});

test("codes that are all alike, or of one number, have a plane, too", () => {
  assert.deepEqual(viewOf(frame([2, 2, 2, 2], 2)), { x: 2, y: 2, half: 1 });
  const { x, y, half } = viewOf(frame([0, 2], 1));
  assert.deepEqual([x, y], [1, 1]);
  assert.ok(half > 1);
});
