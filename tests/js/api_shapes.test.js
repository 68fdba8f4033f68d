import assert from "node:assert/strict";
import { test } from "node:test";
import {
  channelled,
  isFlat,
  isImage,
  isRow,
  numbersOf,
  sidesOf,
  slidOver,
  written,
} from "../../static/js/api/shapes.js";
import { shapeOf } from "./told.js";

test("a picture, a series and a list are told apart by their kind, never by how many sizes they have", () => {
  const [picture, series, list] = [shapeOf("image", [16, 8, 6]), shapeOf("series", [2, 90]), shapeOf("features", [5])];
  assert.deepEqual([picture, series, list].map(isImage), [true, false, false]);
  assert.deepEqual([picture, series, list].map(isRow), [false, true, false]);
  assert.deepEqual([picture, series, list].map(isFlat), [false, false, true]);
  assert.deepEqual([picture, series, list].map(numbersOf), [768, 180, 5]);
  assert.deepEqual([picture, series, list].map(sidesOf), [[8, 6], [1, 90], [1, 1]]); // prettier-ignore
  assert.deepEqual([picture, series, list].map(slidOver), [[8, 6], [90], []]);
  assert.equal(written(picture), "16 × 8 × 6");
});

test("a shape of a kind that nobody knows is numbers, whatever its axes are called", () => {
  const words = { kind: "sequence", axes: [{ name: "length", size: 9 }, { name: "width", size: 4 }] }; // prettier-ignore
  assert.equal(channelled(words), false);
  assert.deepEqual([isImage(words), isRow(words), isFlat(words)], [false, false, false]);
  assert.deepEqual([numbersOf(words), written(words)], [36, "9 × 4"]);
  assert.deepEqual(slidOver(words), []);
});
