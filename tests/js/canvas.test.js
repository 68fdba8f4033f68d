import assert from "node:assert/strict";
import { test } from "node:test";
import { isDrawn } from "../../static/js/canvas/pixels.js";
import { divergingRgb, packed, tableFor } from "../../static/js/canvas/colour.js";
import { mix, parseColour } from "../../static/js/canvas/mixing.js";
import { codesOf, largest } from "../../static/js/canvas/heatmap.js";
import { moved, toPixel, toPlane, zoomed } from "../../static/js/canvas/plane.js";

const PALETTE = {
  neg: [224, 118, 26],
  mid: [247, 248, 250],
  pos: [38, 102, 217],
  classes: [
    [200, 0, 0],
    [0, 0, 200],
  ],
};

test("colours are read as browsers write them", () => {
  assert.deepEqual(parseColour("rgb(1, 2, 3)"), [1, 2, 3]);
  assert.deepEqual(parseColour("rgb(1 2 3 / 50%)").slice(0, 3), [1, 2, 3]);
  assert.deepEqual(parseColour("#0a6"), [0, 170, 102]);
  assert.deepEqual(parseColour("color(srgb 1 0.5 0)"), [255, 127.5, 0]);
  assert.deepEqual(parseColour("232,119,34"), [232, 119, 34]);
  assert.throws(() => parseColour("none"));
});

test("a mixture begins and ends at its colours", () => {
  const near = (a, b) => a.forEach((value, at) => assert.ok(Math.abs(value - b[at]) < 0.5));
  near(mix(PALETTE.neg, PALETTE.pos, 0), PALETTE.neg);
  near(mix(PALETTE.neg, PALETTE.pos, 1), PALETTE.pos);
  near(divergingRgb(PALETTE, 0), PALETTE.mid);
  near(divergingRgb(PALETTE, 5), PALETTE.pos);
});

test("a diverging table is neutral at zero, and one sign never takes the colour of the other", () => {
  const table = tableFor({ kind: "diverging", low: -1, high: 1 }, PALETTE);
  assert.equal(table[255], packed(PALETTE.pos));
  assert.equal(table[0], packed(PALETTE.neg));
  const blue = (colour) => (colour >>> 16) & 255;
  const red = (colour) => colour & 255;
  for (let code = 0; code < 120; code++) assert.ok(red(table[code]) > blue(table[code]));
  for (let code = 136; code < 256; code++) assert.ok(blue(table[code]) > red(table[code]));
});

test("zero keeps its colour on a scale that is not symmetric", () => {
  const table = tableFor({ kind: "diverging", low: 0, high: 2 }, PALETTE);
  assert.equal(table[0], packed(mix(PALETTE.mid, PALETTE.pos, 0)));
});

test("between two classes one half is neutral and the tint is bounded", () => {
  const table = tableFor({ kind: "between", low: 0, high: 1, first: 0, second: 1, strength: 0.45 }, PALETTE);
  assert.equal(table[255], packed(mix(PALETTE.mid, PALETTE.classes[1], 0.45)));
  assert.equal(table[0], packed(mix(PALETTE.mid, PALETTE.classes[0], 0.45)));
});

test("floats become bytes around zero, and what is no number is neutral", () => {
  assert.deepEqual([...codesOf([-2, -1, 0, 1, 2, Number.NaN], 1)], [0, 0, 128, 255, 255, 128]);
  assert.equal(largest([1, -3, Number.NaN, Number.POSITIVE_INFINITY]), 3);
});

test("pixels and places are each other's way back", () => {
  const view = { x: 1, y: -2, half: 3 };
  const [left, top] = toPixel(view, 200, 2.5, -1);
  assert.deepEqual(
    toPlane(view, 200, left, top).map((coordinate) => Number(coordinate.toFixed(9))),
    [2.5, -1],
  );
  assert.deepEqual(toPixel({ x: 0, y: 0, half: 6 }, 100, -6, 6), [0, 0]);
});

test("zooming keeps the point under the pointer and never leaves the plane", () => {
  const view = zoomed({ x: 0, y: 0, half: 6 }, 2, 3, -3, 6);
  const pixel = (/** @type {any} */ seen) =>
    toPixel(seen, 100, 3, -3).map((coordinate) => Number(coordinate.toFixed(9)));
  assert.deepEqual(pixel(view), pixel({ x: 0, y: 0, half: 6 }));
  assert.deepEqual(zoomed(view, 0.01, 0, 0, 6), { x: 0, y: 0, half: 6 });
  assert.deepEqual(moved(view, 100, 100, 6), { x: 3, y: 3, half: 3 });
});

test("drawings on empty ground are told from photographs by their pixels, and the answer is kept", () => {
  const drawing = Float32Array.from({ length: 64 }, (_, at) => (at % 3 === 0 ? 0 : 0.5));
  assert.equal(isDrawn(drawing), true);
  drawing.fill(1);
  assert.equal(isDrawn(drawing), true);
  assert.equal(isDrawn(Uint8Array.from({ length: 64 }, (_, at) => at)), false);
});
