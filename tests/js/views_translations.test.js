// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { givenTo, placesOf } from "../../static/js/views/attentionMaps.js";
import { linesOf } from "../../static/js/views/rightByLengthDrawn.js";
import { gapOf, isRight, pairsOf } from "../../static/js/views/translationsDrawn.js";

/** @param {number[][]} rows @returns {any} */
const numbers = (rows) => ({ data: Int32Array.from(rows.flat()), shape: [rows.length, rows[0].length] });

const preview = /** @type {any} */ ({
  vocabulary: ["", "two", "thousand", "and", "four"],
  target_vocabulary: ["", "■", "0", "2", "4"],
});
const frame = /** @type {any} */ ({
  arrays: {
    sources: numbers([[1, 2, 4, 0], [1, 2, 3, 4]]), // prettier-ignore
    targets: numbers([[3, 2, 2, 4, 1], [3, 2, 2, 4, 1]]), // prettier-ignore
    written: numbers([[3, 2, 2, 4, 1], [3, 2, 1, 4, 4]]), // prettier-ignore
  },
  about: {},
});

test("a text ends at its end, and what fills up is no word", () => {
  const [first, second] = pairsOf(frame, preview);
  assert.deepEqual(first, { source: ["two", "thousand", "four"], target: ["2", "0", "0", "4"], written: ["2", "0", "0", "4"] }); // prettier-ignore
  assert.deepEqual(second.written, ["2", "0"]);
  assert.equal(isRight(first), true);
  assert.equal(isRight(second), false);
});

test("what never ends is written to its last place", () => {
  const endless = { ...frame, arrays: { ...frame.arrays, written: numbers([[3, 3, 3, 3, 3], [2, 2, 2, 2, 1]]) } }; // prettier-ignore
  assert.deepEqual(
    pairsOf(endless, preview).map(({ written }) => written.join("")),
    ["22222", "0000"],
  );
});

test("a blank stands between words, and nothing between characters", () => {
  assert.equal(gapOf(["two", "four"]), " ");
  assert.equal(gapOf(["二", "〇"]), "");
});

test("rows are right or wrong by length, and those that are not there are none", () => {
  const lines = linesOf(
    /** @type {any} */ ({
      arrays: { lengths: numbers([[1, 2, 4]]), right: numbers([[1, 0], [1, -1], [0, 0]]) }, // prettier-ignore
      about: { learned: 2 },
    }),
  );
  assert.deepEqual(lines, [
    { length: 1, right: [true, false], learned: true },
    { length: 2, right: [true], learned: true },
    { length: 4, right: [false, false], learned: false },
  ]);
});

test("each network's attention has the tokens that it was given, and their count", () => {
  const both = /** @type {any} */ ({
    about: { counts: [2], "counts:decoder": [3] },
    arrays: { inputs: numbers([[7, 8, 0, 0]]), "inputs:decoder": numbers([[1, 5, 6, 0]]) }, // prettier-ignore
  });
  const maps = { shape: [1, 2, 4, 4] };
  const layer = (/** @type {string} */ name) => /** @type {any} */ ({ address: `/networks/${name}/layers/1`, maps });
  assert.equal(placesOf(both, layer("encoder"), 0), 2);
  assert.equal(placesOf(both, layer("decoder"), 0), 3);
  const read = givenTo(both, layer("encoder"), 0, 2);
  const written = givenTo(both, layer("decoder"), 0, 3);
  assert.deepEqual([read.own, [...read.tokens]], [false, [7, 8]]);
  assert.deepEqual([written.own, [...written.tokens]], [true, [1, 5, 6]]);
});
