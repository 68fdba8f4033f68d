import assert from "node:assert/strict";
import { test } from "node:test";
import { trainOf } from "../../static/js/network/cars.js";
import { foldOf, toggled } from "../../static/js/network/folding.js";
import { layOut } from "../../static/js/network/layout.js";
import * as steps from "../../static/js/network/timeSteps.js";

const PARTS = [
  { kind: "embedding", title: "Embedding" },
  { kind: "lstm", title: "LSTM" },
];
const PATH = "/networks/main/layers/1";
const READING = { letters: ["h", "c"], names: ["h", "c"], weights: ["weight_ih_l0", "weight_hh_l0"], units: 3 };
const FORWARD = { ...READING, backwards: false, first: 0, lower: null };

const rows = (length, width) => ({
  kind: "sequence",
  axes: [
    { name: "length", size: length },
    { name: "width", size: width },
  ],
  units: length * width,
  shown: [0, 1],
});

function train(length, carries = [FORWARD]) {
  const tokens = { kind: "tokens", axes: [{ name: "length", size: length }], units: length, shown: [0, 1] };
  const entry = (at, kind, takes, shape) => ({ place: `/networks/main/layers/${at}`, kind, takes, shape, parameters: 0, multiply_adds: 0 }); // prettier-ignore
  const entries = [
    entry(0, "embedding", tokens, rows(length, 4)),
    { ...entry(1, "lstm", rows(length, 4), rows(length, 3)), carries },
  ];
  const layers = [{ kind: "embedding" }, { kind: "lstm", units: 3 }];
  return trainOf("/networks/main", { layers }, entries, PARTS, tokens);
}

const laidOut = (length, room = {}) =>
  layOut(train(length), { width: 800, height: 420, open: new Set([PATH]), ...room });
const told = (items) => items.map(({ place, folded }) => (folded ? `…${folded}…` : place)).join(" ");

test("few time steps all have a column; of many those at both ends and around the cursor", () => {
  assert.equal(told(steps.itemsOf(4, 7, 0)), "0 1 2 3");
  assert.equal(told(steps.itemsOf(90, 7, 0)), "0 1 2 3 4 …84… 89");
  assert.equal(told(steps.itemsOf(90, 7, 40)), "0 …38… 39 40 41 …47… 89");
  assert.equal(told(steps.itemsOf(90, 7, 89)), "0 …84… 85 86 87 88 89");
});

test("whatever the cursor is at has a column, and every time step is there or folded, once", () => {
  for (const columns of [5, 6, 7, 12]) {
    for (const count of [1, 5, 6, 8, 13, 60]) {
      for (let at = 0; at < count; at++) {
        const items = steps.itemsOf(count, columns, at);
        assert.ok(steps.hasColumn(items, at), `${columns} ${count} ${at}`);
        assert.ok(items.length <= Math.max(columns, 1) || count <= columns);
        const all = items.flatMap(({ place, folded }) =>
          Array.from({ length: folded || 1 }, (_, step) => place + step),
        );
        assert.deepEqual(all, Array.from({ length: count }, (_, place) => place), `${columns} ${count} ${at}`); // prettier-ignore
      }
    }
  }
});

test("an unrolled layer is one wide column between the others, as wide as its time steps or as there is room", () => {
  const [few, many] = [laidOut(4, { width: 1600 }), laidOut(80)];
  for (const layout of [few, many]) {
    const column = layout.columns[2];
    assert.equal(column.style, "unrolled");
    for (const [at, current] of layout.columns.entries()) {
      const next = layout.columns[at + 1];
      if (next) assert.ok(next.left >= current.left + current.card);
    }
    assert.ok(layout.width <= (layout === few ? 1600 : 800));
  }
  assert.equal(steps.columnsFor(4, few.columns[2].width), 4);
  assert.ok(steps.columnsFor(80, many.columns[2].width) >= 6);
  assert.ok(steps.columnsFor(80, laidOut(80, { width: 340 }).columns[2].width) >= 5);
});

test("what hands nothing on cannot be unrolled, and what is unrolled is folded by the same key", () => {
  const folded = layOut(train(6), { width: 800, height: 420, open: new Set() });
  assert.equal(foldOf(folded, folded.columns[1]), null);
  assert.deepEqual(foldOf(folded, folded.columns[2]), { key: PATH, what: "steps", open: false });
  const open = toggled(new Set(), PATH, folded);
  const unrolled = layOut(train(6), { width: 800, height: 420, open });
  assert.deepEqual(foldOf(unrolled, unrolled.columns[2]), { key: PATH, what: "steps", open: true });
  assert.ok(!toggled(open, PATH, unrolled).has(PATH));
});

test("what enters a time step is its token, or its number of each channel; what fills up does not", () => {
  const preview = (shape, vocabulary) => /** @type {any} */ ({ shape, vocabulary });
  const tokens = preview({ kind: "tokens", axes: [{ name: "length", size: 4 }] }, ["", "a", "b"]);
  assert.deepEqual(steps.enteringOf([1, 2, 0, 0], tokens, 4), [[1], [2]]);
  assert.equal(steps.enteringOf([1, 2, 0, 0], tokens, 2), null); // a layer between has taken places together
  const series = preview({ kind: "series", axes: [{ name: "channels", size: 2 }, { name: "length", size: 3 }] }); // prettier-ignore
  assert.deepEqual(steps.enteringOf([1, 2, 3, 10, 20, 30], series, 3), [[1, 10], [2, 20], [3, 30]]); // prettier-ignore
});

test("states are read where their direction has them, cells in the order in which they stand", () => {
  const data = Uint8Array.from({ length: 2 * 6 * 4 }, (_, at) => at);
  const states = { arrays: { [`states:${PATH}`]: { data, shape: [2, 6, 4] } }, about: {} };
  const cells = { data: Uint8Array.from({ length: 2 * 3 * 4 }, (_, at) => at), shape: [2, 3, 4] };
  const gates = { arrays: { [`gate:c:${PATH}`]: cells }, about: { order: { [PATH]: [2, 0, 1] } } };
  const frames = /** @type {any} */ ({ states, gates });
  const backward = { ...FORWARD, backwards: true, first: 3 };
  const seen = /** @type {any} */ (steps.seenOf(frames, PATH, backward, "h", 4, 1));
  assert.deepEqual([...steps.codesAt(seen, 1, 2)], [3, 4, 5].map((row) => 24 + row * 4 + 2)); // prettier-ignore
  const cell = /** @type {any} */ (steps.seenOf(frames, PATH, FORWARD, "c", 4, 0));
  assert.deepEqual([...steps.codesAt(cell, 0, 1)], [1, 2, 0].map((row) => row * 4 + 1)); // prettier-ignore
  assert.equal(steps.seenOf(frames, PATH, FORWARD, "h", 5, 0), null); // of another network
  assert.equal(steps.seenOf(frames, PATH, FORWARD, "c", 4, 2), null); // of fewer samples
});

test("a layer below the topmost has states and cells of its own; frames of before it was recorded have none", () => {
  const bytes = (/** @type {number} */ from) => ({ data: Uint8Array.from({ length: 12 }, (_, at) => from + at), shape: [1, 3, 4] }); // prettier-ignore
  const states = { arrays: { [`states:${PATH}`]: bytes(0), [`lower:${PATH}:l0`]: bytes(100) }, about: {} };
  const order = { [PATH]: [0, 1, 2], [`${PATH}:l0`]: [1, 2, 0] };
  const gates = { arrays: { [`gate:c:${PATH}`]: bytes(0), [`gate:c:${PATH}:l0`]: bytes(100) }, about: { order } };
  const frames = /** @type {any} */ ({ states, gates });
  const lower = { ...FORWARD, lower: "l0" };
  const codes = (/** @type {any} */ carried, /** @type {string} */ letter) =>
    [...steps.codesAt(/** @type {any} */ (steps.seenOf(frames, PATH, carried, letter, 4, 0)), 0, 1)]; // prettier-ignore
  assert.deepEqual(codes(FORWARD, "h"), [1, 5, 9]);
  assert.deepEqual(codes(lower, "h"), [101, 105, 109]);
  assert.deepEqual(codes(lower, "c"), [109, 101, 105]);
  assert.deepEqual([FORWARD, lower].map((carried) => steps.addressOf(PATH, carried)), [PATH, `${PATH}:l0`]); // prettier-ignore
  delete states.arrays[`lower:${PATH}:l0`];
  assert.equal(steps.seenOf(frames, PATH, lower, "h", 4, 0), null);
});
