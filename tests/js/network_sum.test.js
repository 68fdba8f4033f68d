import assert from "node:assert/strict";
import { test } from "node:test";
import { chosenTerms, digitsOf, printed, subscript } from "../../static/js/network/rounding.js";
import { pacedBy } from "../../static/js/network/setting.js";
import { stepRows } from "../../static/js/network/steps.js";
import { interpolated, sumOf } from "../../static/js/network/sum.js";
import { strengthOf, weightAt, weightsOf } from "../../static/js/network/weights.js";
import { rise, wireAt } from "../../static/js/network/wires.js";

test("printed terms add up to the printed sum, or the sum is said to be about equal", () => {
  let random = 1;
  const next = () => (random = (random * 16807) % 2147483647) / 2147483647 - 0.5;
  for (let round = 0; round < 300; round++) {
    const terms = Array.from({ length: 1 + (round % 13) }, () => next() * 10 ** (round % 5));
    const total = terms.reduce((sum, term) => sum + term, 0);
    const { digits, exact } = digitsOf(terms, total);
    const number = (text) => Number(text.replace("−", "-"));
    const added = terms.reduce((sum, term) => sum + number(printed(term, digits)), 0);
    const same = Math.abs(added - number(printed(total, digits))) < 10 ** -digits / 2;
    assert.equal(same, exact);
  }
});

test("most sums are printed exactly", () => {
  assert.deepEqual(digitsOf([0.124, 0.124], 0.248), { digits: 3, exact: true });
  assert.deepEqual(digitsOf([1, 2], 3), { digits: 2, exact: true });
});

test("small and large terms keep figures that matter", () => {
  assert.equal(digitsOf([0.00012], 0.00012).digits, 6);
  assert.equal(digitsOf([4321.5], 4321.5).digits, 0);
  assert.equal(printed(-0.001, 2), "0.00");
  assert.equal(printed(-1.5, 1), "−1.5");
  assert.equal(printed(Number.NEGATIVE_INFINITY, 1), "−∞");
});

test("of many terms the ten largest are listed in order, the rest is one sum", () => {
  const terms = Array.from({ length: 64 }, (_, at) => (at % 7 === 0 ? at : 0.5));
  const { listed, rest } = chosenTerms(terms);
  assert.equal(listed.length, 10);
  assert.deepEqual(
    listed,
    [...listed].sort((a, b) => a - b),
  );
  assert.equal(rest.count, 54);
  const whole = terms.reduce((sum, term) => sum + term, 0);
  assert.equal(
    listed.reduce((sum, at) => sum + terms[at], rest.sum),
    whole,
  );
  assert.equal(chosenTerms(terms.slice(0, 12)).rest, null);
});

test("a count stands below the line", () => assert.equal(subscript(12), "₁₂"));

const frames = {
  weights: {
    step: 3,
    about: { cars: [{ path: "/networks/main/layers/0", shown: [0, 5], units: 6 }] },
    arrays: {
      "weight:/networks/main/layers/0": { data: Float32Array.of(1, 2, -3, 0.5), shape: [2, 2] },
      "bias:/networks/main/layers/0": { data: Float32Array.of(0.25, -1), shape: [2] },
    },
  },
  answers: {
    step: 3,
    about: { cars: [{ path: "/networks/main/layers/0", shown: [0, 5], units: 6 }], samples: [7, 9] },
    arrays: {
      inputs: { data: Float32Array.of(0, 0, 2, -4), shape: [2, 2] },
      "after:/networks/main/layers/0": { data: Float32Array.of(0, 0, 0, 0, 0, 0, 9, 9, 9, 9, 9, -9), shape: [2, 6] },
      "curve:/networks/main/layers/1": { data: Float32Array.of(-10, 0, 10, -1, 0, 1), shape: [2, 3] },
    },
  },
};
const column = (car, feeds = [0]) => ({ car, feeds, style: "tiles" });
const layout = {
  columns: [
    column({ path: "/dataset", layers: [] }),
    column({
      path: "/networks/main/layers/0",
      layers: [
        { kind: "linear", path: "/networks/main/layers/0" },
        { kind: "tanh", path: "/networks/main/layers/1" },
      ],
    }),
  ],
};

test("the card adds the weights of its own row times the inputs of its sample", () => {
  const sum = sumOf(frames, layout, { column: 1, unit: 5 }, 1);
  assert.deepEqual(
    sum.terms.map((term) => term.product),
    [-6, -2],
  );
  assert.equal(sum.bias, -1);
  assert.equal(sum.z, -9);
  assert.equal(sum.a, -9);
});

test("where the weights are newer than the answers, the answer follows from the sum", () => {
  const newer = { ...frames, weights: { ...frames.weights, step: 4 } };
  assert.ok(Math.abs(sumOf(newer, layout, { column: 1, unit: 5 }, 1).a + 0.9) < 1e-6);
  assert.equal(interpolated([0, 1], [0, 2], 0.25), 0.5);
  assert.equal(interpolated([0, 1], [0, 2], 7), 2);
});

test("a weight that the frame does not have is no number", () => {
  const weights = weightsOf(frames.weights, "/networks/main/layers/0");
  assert.equal(weightAt(weights, 1, 5), 0.5);
  assert.ok(Number.isNaN(weightAt(weights, 1, 3)));
  assert.ok(Number.isNaN(weightAt(weights, 2, 0)));
  assert.equal(weightsOf(frames.weights, "/networks/main/layers/8"), null);
});

test("a wire is as strong as its weight, whatever its sign", () => {
  assert.equal(strengthOf(0, 8), 0);
  assert.equal(strengthOf(-2, 4), strengthOf(2, 4));
  assert.ok(strengthOf(3, 4) > strengthOf(2, 4));
  assert.equal(strengthOf(Number.POSITIVE_INFINITY, 4), 1);
});

test("the nearest wire is found where it is drawn", () => {
  const bundle = {
    from: 0,
    to: 1,
    path: "/networks/main/layers/0",
    x1: 100,
    x2: 200,
    count: 2,
    same: false,
    ys: Float32Array.of(0, 100, 50, 50),
    sources: Int32Array.of(0, 1),
    targets: Int32Array.of(0, 0),
  };
  assert.equal(rise(0.5).toFixed(6), "0.500000");
  assert.equal(wireAt([bundle], 125, rise(0.25) * 100 + 2).wire, 0);
  assert.equal(wireAt([bundle], 180, 51).wire, 1);
  assert.equal(wireAt([bundle], 180, 300), null);
  assert.equal(wireAt([bundle], 90, 50), null);
});

test("a dragged weight is sent at once, then in paces, and its last value always", () => {
  const sent = [];
  const pauses = [];
  const set = pacedBy(
    (weight) => sent.push(weight.value),
    (then) => pauses.push(then),
  );
  const weight = (value, index = 0) => ({ path: "/networks/main/layers/0", parameter: "bias", index: [index], value });
  for (const value of [1, 2, 3]) set(weight(value));
  set(weight(9, 1));
  assert.deepEqual(sent, [1, 9]);
  pauses.shift()();
  assert.deepEqual(sent, [1, 9, 3]);
  while (pauses.length > 0) pauses.shift()();
  set(weight(4));
  assert.deepEqual(sent, [1, 9, 3, 4]);
});

test("a residual's answer is what its inner cars give plus what came in", () => {
  const answers = (...values) => ({ data: Float32Array.from(values), shape: [1, values.length] });
  const cars = ["/networks/main/layers/0", "/networks/main/layers/1/layers/0", "/networks/main/layers/1"].map(
    (path) => ({ path, units: 2, shown: [0, 1] }),
  );
  const arrays = {
    "after:/networks/main/layers/0": answers(1, 2),
    "after:/networks/main/layers/1/layers/0": answers(10, 20),
    "after:/networks/main/layers/1": answers(11, 22),
  };
  const columns = cars.map(({ path }, at) => ({
    car: { path, role: at === 2 ? "container" : "car", join: "add", layers: [{ path }] },
    feeds: at === 2 ? [1, 0] : [at - 1],
  }));
  const added = { columns, frames: [{ key: "/networks/main/layers/1" }] };
  const sum = sumOf({ answers: { about: { cars }, arrays } }, added, { column: 2, unit: 1 }, 0);
  assert.deepEqual(
    sum.parts.map((part) => part.value),
    [20, 2],
  );
  assert.equal(sum.z, 22);
  assert.equal(sum.a, 22);
});

const GRU = [
  { name: "h[t−1]", makes: "before", of: ["h"], width: 2 },
  { name: "z", makes: "dot", of: ["x", "h[t−1]"], width: 2, biases: ["bias_ih_l0", "bias_hh_l0"], then: "sigmoid" },
  { name: "u", makes: "dot", of: ["h[t−1]"], width: 2 },
  { name: "n", makes: "add", of: ["u"], width: 2, then: "tanh" },
  { name: "k", makes: "rest", of: ["z"], width: 2 },
  { name: "h", makes: "products", of: ["k", "n", "z", "h[t−1]"], width: 2 },
];

test("a layer of several steps shows each with its formula and its number", () => {
  const rows = stepRows(GRU, new Map([["z", 0.25], ["h", 2]])); // prettier-ignore
  assert.deepEqual(
    rows.map(({ name, formula, value }) => [name, formula, value]),
    [
      ["h[t−1]", "", null],
      ["z", "σ(W·x + b + U·h[t−1] + c)", 0.25],
      ["u", "W·h[t−1]", null],
      ["n", "tanh(u)", null],
      ["k", "1 − z", null],
      ["h", "k·n + z·h[t−1]", 2],
    ],
  );
});

test("of two directions only that is shown which the number comes from", () => {
  const both = [
    { name: "h→", makes: "dot", of: ["x"], width: 2 },
    { name: "h←", makes: "dot", of: ["x"], width: 2 },
    { name: "h", makes: "concat", of: ["h→", "h←"], width: 4 },
  ];
  const names = (numbers) => stepRows(both, new Map(numbers)).map(({ name }) => name);
  assert.deepEqual(names([["h←", 1]]), ["h←", "h"]);
  assert.deepEqual(names([]), ["h→", "h←", "h"]);
});

test("the numbers of the steps behind a neuron are those of its row and its sample", () => {
  const path = "/networks/main/layers/0";
  const answers = {
    step: 1,
    about: { cars: [{ path, units: 6, shown: [0, 5] }], steps: { [path]: [["z"], ["z", "h"]] } },
    arrays: {
      [`steps:${path}`]: { data: Float32Array.of(1, 0, 2, 3, 4, 0, 5, 6), shape: [2, 2, 2] },
      [`after:${path}`]: { data: Float32Array.of(0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 6), shape: [2, 6] },
    },
  };
  const gru = { path, layers: [{ path }], rule: { reads: "steps", makes: "steps", steps: GRU } };
  const sum = sumOf({ answers }, { columns: [column(gru)] }, { column: 0, unit: 5 }, 1);
  const numbers = Object.fromEntries(sum.steps.map(({ name, value }) => [name, value]));
  assert.deepEqual([numbers.z, numbers.h, numbers.n, sum.a], [5, 6, null, 6]);
});
