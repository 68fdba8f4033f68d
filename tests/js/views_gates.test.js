import assert from "node:assert/strict";
import { test } from "node:test";
import { decades } from "../../static/js/views/gradientDrawn.js";
import { partUnder, placeAt, pointAt, pointAway, unitAt } from "../../static/js/views/placeAt.js";
import { shadesOf } from "../../static/js/views/statesDrawn.js";
import { unitsIn } from "../../static/js/views/unitOrder.js";
import { isRight, rowsOf } from "../../static/js/views/tagsGivenDrawn.js";

test("all that is pointed at speaks of one place, and the unit stays when the pointer leaves", () => {
  pointAt(4, { unit: 2, path: "a" });
  assert.equal(placeAt.value, 4);
  pointAway();
  assert.deepEqual([placeAt.value, unitAt.value], [null, { unit: 2, path: "a" }]); // prettier-ignore
  assert.deepEqual([-3, 0, 49, 50, 120].map((x) => partUnder(x, 100, 2)), [0, 0, 0, 1, 1]); // prettier-ignore
});

test("a log axis holds all gradients that are not nothing", () => {
  assert.deepEqual(decades([[0.02, 5], [0, 3e-5]]), [-5, 1]); // prettier-ignore
  assert.deepEqual(decades([[0, 0]]), [-1, 0]);
  assert.deepEqual(decades([[1, 1]]), [0, 1]);
});

test("text is coloured by what one unit carries, as a share of the most that any does", () => {
  const data = Uint8Array.from([0, 255, 127, 255, 0, 255]);
  const array = /** @type {any} */ ({ shape: [1, 2, 3], data, low: -2, high: 2, dtype: "uint8" });
  const shades = shadesOf(array, 0, 1);
  assert.deepEqual(shades.map(Math.round), [1, -1, 1]);
});

test("units stand by number, by how much they vary, or beside those that are like them", () => {
  const rows = [[10, 11, 10, 11], [0, 100, 0, 100], [9, 9, 80, 80], [90, 10, 90, 10]]; // prettier-ignore
  const array = /** @type {any} */ ({ shape: [1, 4, 4], data: Uint8Array.from(rows.flat()) });
  assert.deepEqual(unitsIn(array, 0, "number"), [0, 1, 2, 3]);
  assert.deepEqual(unitsIn(array, 0, "varied"), [1, 3, 2, 0]);
  assert.deepEqual(unitsIn(array, 0, "alike"), [1, 3, 0, 2]); // the last but one moves as the first do
});

test("a row is right where every place that counts is", () => {
  const whole = (/** @type {number[]} */ numbers) => ({ shape: [2, 3], data: numbers });
  const arrays = /** @type {any} */ ({
    tokens: whole([1, 2, 0, 1, 2, 2]),
    truth: whole([0, 1, 0, 0, 1, 1]),
    given: whole([0, 1, 2, 0, 1, 2]),
    split: { shape: [2], data: [0, 1] },
  });
  assert.deepEqual([rowsOf(arrays, 0).map(isRight), rowsOf(arrays, 1).map(isRight)], [[true], [false]]); // prettier-ignore
});
