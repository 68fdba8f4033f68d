import assert from "node:assert/strict";
import { test } from "node:test";
import { asCsv, chartAsCsv } from "../../static/js/charts/csv.js";
import { levelsOf, levelTraces } from "../../static/js/charts/levels.js";
import { nearestStep, placeOf } from "../../static/js/charts/places.js";
import { emptySmoothed, smooth } from "../../static/js/charts/smooth.js";
import { chartAsSvg } from "../../static/js/charts/svg.js";
import { ticks } from "../../static/js/canvas/ticks.js";
import { join, thin } from "../../static/js/charts/traces.js";

const view = { from: 0, to: 100, pixels: 100 };

test("a curve shorter than the screen is drawn point by point", () => {
  const x = Float64Array.of(0, 50, 100);
  const y = Float64Array.of(3, 2, 1);
  assert.deepEqual(thin(x, y, view), { x: [0, 50, 100], y: [3, 2, 1] });
});

test("thinning keeps every spike, and needs few points however long the curve is", () => {
  const length = 1_000_000;
  const x = Float64Array.from({ length }, (_, i) => (i / length) * 100);
  const y = new Float64Array(length).fill(1);
  y[123_456] = 9;
  y[777_777] = -5;
  const thinned = thin(x, y, view);
  assert.ok(thinned.x.length <= 5 * 101);
  assert.equal(Math.max(...thinned.y), 9);
  assert.equal(Math.min(...thinned.y), -5);
  assert.ok(thinned.x.every((value, i) => i === 0 || value > thinned.x[i - 1]));
});

test("a gap stays a gap, and the extremes beside it stay too", () => {
  const length = 10_000;
  const x = Float64Array.from({ length }, (_, i) => (i / length) * 100);
  const y = Float64Array.from({ length }, (_, i) => (i === 5000 ? NaN : i === 5001 ? 7 : 1));
  const thinned = thin(x, y, view);
  assert.ok(thinned.y.includes(null));
  assert.ok(thinned.y.includes(7));
});

test("on logarithmic axes there is no zero", () => {
  const x = Float64Array.of(0, 1, 10, 100);
  const y = Float64Array.of(5, 0, 2, 1);
  const thinned = thin(x, y, { from: 1, to: 100, pixels: 100, logX: true, logY: true });
  assert.deepEqual(thinned, { x: [1, 10, 100], y: [null, 2, 1] });
});

test("a zoomed view keeps the neighbours outside, so that the line reaches its edges", () => {
  const x = Float64Array.from({ length: 101 }, (_, i) => i);
  const thinned = thin(x, x, { from: 40.5, to: 41.5, pixels: 100 });
  assert.deepEqual(thinned.x, [40, 41, 42]);
});

test("lines with points at different places share one axis", () => {
  const joined = join([
    { x: [1, 2, 4], y: [10, null, 40] },
    { x: [2, 3], y: [5, 6] },
  ]);
  assert.deepEqual(joined, [
    [1, 2, 3, 4],
    [10, null, undefined, 40],
    [undefined, 5, 6, undefined],
  ]);
});

test("smoothing in pieces is smoothing at once, and starts at the first value", () => {
  const raw = Float64Array.from({ length: 600 }, (_, i) => Math.sin(i) + 2);
  const once = [...smooth(emptySmoothed(0.9), raw)];
  const pieces = emptySmoothed(0.9);
  for (const end of [1, 2, 300, 599]) smooth(pieces, raw.subarray(0, end));
  assert.deepEqual([...smooth(pieces, raw)], once);
  assert.equal(once[0], raw[0]);
});

test("a rewound curve is smoothed anew", () => {
  const smoothed = emptySmoothed(0.5);
  smooth(smoothed, Float64Array.of(1, 2, 3, 4));
  const other = Float64Array.of(1, 2, 9, 9, 9);
  assert.deepEqual([...smooth(smoothed, other)], [...smooth(emptySmoothed(0.5), other)]);
});

test("the scrubber finds the nearest kept step, or the present", () => {
  const place = (step) => placeOf(step, { from: 0, to: 100, log: false });
  assert.equal(nearestStep([0, 8, 64], place, 0.5, 1), 64);
  assert.equal(nearestStep([0, 8, 64], place, 0.03, 1), 0);
  assert.equal(nearestStep([0, 8, 64], place, 0.95, 1), null);
});

test("places follow a logarithmic axis too", () => {
  const axis = { from: 1, to: 100, log: true };
  assert.equal(placeOf(10, axis), 0.5);
  assert.equal(placeOf(0, axis), 0);
});

test("ticks are round numbers or powers of ten", () => {
  assert.deepEqual(ticks(0, 1), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.deepEqual(ticks(-6, 6, 6), [-6, -4, -2, 0, 2, 4, 6]);
  assert.deepEqual(ticks(3, 3), [3]);
  assert.deepEqual(ticks(0.001, 1, 5, true), [0.001, 0.01, 0.1, 1]);
  assert.deepEqual(ticks(0.09, 1.1, 5, true), [0.1, 0.2, 0.5, 1]);
  assert.deepEqual(ticks(1e-9, 1, 4, true), [1e-9, 1e-6, 1e-3, 1]);
  assert.deepEqual(ticks(20, 30, 2, true), [20, 25, 30]);
});

test("of a simpler method the number over the validation set belongs to a chart, else that over the training set", () => {
  const line = { kind: "logistic", title: "Logistic regression", inputs: "raw", metrics: { train_accuracy: 0.6, validation_accuracy: 0.5 } }; // prettier-ignore
  const trees = { kind: "forest", title: "Random forest", inputs: "features", metrics: { train_accuracy: 1 } };
  assert.deepEqual(
    levelsOf([line, trees], "accuracy").map(({ title, value }) => [title, value]),
    [
      ["Logistic regression", 0.5],
      ["Random forest + features", 1],
    ],
  );
  assert.deepEqual(levelsOf([line, trees], "loss"), []);
});

test("a level line is as wide as the curves, also where an axis counts in powers", () => {
  const curve = { x: Float64Array.of(0, 1, 100), y: Float64Array.of(3, 2, 1) };
  const level = { key: "a", title: "A", value: 0.5 };
  for (const logX of [false, true]) {
    const [line] = levelTraces([level], [curve], logX);
    assert.equal(line.x[0], logX ? 1 : 0);
    assert.equal(line.x.at(-1), 100);
    assert.ok(line.x.every((x, at) => at === 0 || x > line.x[at - 1]));
    assert.ok(line.y.every((y) => y === 0.5));
  }
});

/** Two runs measured at different steps, with the raw line of a smoothed one. @type {any} */
const compared = {
  traces: [
    { key: "a", title: "Adam, fast", x: Float64Array.of(0, 10), y: Float64Array.of(1, 0.5), line: "solid", weight: "strong", colour: "run-0", label: true },
    { key: "b raw", title: "SGD", x: Float64Array.of(0), y: Float64Array.of(9), line: "solid", weight: "faint", colour: "run-1" },
    { key: "b", title: "SGD", x: Float64Array.of(0, 5), y: Float64Array.of(2, NaN), line: "solid", weight: "strong", colour: "run-1", label: true },
  ],
  x: { title: "Epoch", log: false },
  y: { title: "Loss", log: false },
}; // prettier-ignore

test("curves become a table with a row for each x, empty where a run has no value", () => {
  assert.equal(chartAsCsv(compared), 'Epoch,"Loss: Adam, fast",Loss: SGD\n0,1,2\n5,,\n10,0.5,\n');
});

test("a table cannot carry a formula into a spreadsheet, and quotes what needs it", () => {
  assert.equal(asCsv([["=1+1", 'say "a"', null, -2]]), `'=1+1,"say ""a""",,-2\n`);
});

test("a drawing has each run in its colour, with its name at the end inside the picture", () => {
  const how = { range: /** @type {[number, number]} */ ([0, 10]), width: 400, height: 240, names: 120, font: "sans" };
  const drawn = chartAsSvg(compared, { ...how, colour: (name) => `<${name}>` });
  assert.match(drawn, /stroke="<run-0>"[^>]*stroke-dasharray=""/);
  assert.match(drawn, /stroke="<run-1>" stroke-width="1" stroke-opacity="0.35"/);
  const [, x] = drawn.match(/x="([\d.]+)"[^>]*>Adam, fast</) ?? [];
  assert.ok(Number(x) + 114 <= 400, x);
});
