import assert from "node:assert/strict";
import { test } from "node:test";
import { trainOf } from "../../static/js/network/cars.js";
import { doubling, moving, removal } from "../../static/js/network/edits.js";
import { framesFor } from "../../static/js/network/sameNetwork.js";
import { blocks } from "../../static/js/network/folding.js";
import { keptFocus, moveFocus } from "../../static/js/network/keys.js";
import { anchor, layOut } from "../../static/js/network/layout.js";
import { arrivingOf, totalsOf } from "../../static/js/network/fromReport.js";
import { nameOfPath } from "../../static/js/views/paths.js";
import { RULES, toldOf, shapeOf } from "./told.js";

const PARTS = [
  { kind: "linear", title: "Linear", group: "dense" },
  { kind: "tanh", title: "Tanh", group: "activation", rides: true },
  { kind: "residual", title: "Residual", group: "structure" },
  { kind: "dropout", title: "Dropout", group: "regularisation" },
  { kind: "flatten", title: "Flatten", group: "shape" },
];
const linear = (units) => ({ kind: "linear", units });
const TANH = { kind: "tanh" };
const features = (size) => ({ ...shapeOf("features", [size]), text: `${size} numbers` });

/** The checker's answer for layers that all keep or set the number of features, with a head of one output. */
function entriesOf(layers, inputs) {
  let size = inputs;
  const outer = new Map(
    layers.map((layer, at) => {
      const parameters = layer.units ? (size + 1) * layer.units : 0;
      size = layer.units ?? size;
      return [`/networks/main/layers/${at}`, parameters];
    }),
  );
  const entries = toldOf(layers, features(inputs)).map((entry) => ({
    ...entry,
    shape: features(entry.shape.axes[0].size),
    parameters: outer.get(entry.place) ?? 0,
  }));
  const head = {
    place: "/networks/main/head/0",
    kind: "linear",
    shape: features(1),
    parameters: size + 1,
    multiply_adds: size,
    rule: RULES.linear,
  };
  return [...entries, head];
}
const train = (layers, inputs = 2) =>
  trainOf("/networks/main", { layers }, entriesOf(layers, inputs), PARTS, features(inputs));
const laidOut = (layers, room = {}) => layOut(train(layers), { width: 900, height: 500, open: new Set(), ...room });

test("a layer and the activations behind it are one car, named by its first layer", () => {
  const { cars, output } = train([linear(8), TANH, linear(4), { kind: "dropout" }, TANH]);
  assert.deepEqual(
    cars.map((car) => car.path),
    ["/networks/main/layers/0", "/networks/main/layers/2", "/networks/main/layers/3"],
  );
  assert.deepEqual(
    cars.map((car) => [car.start, car.end]),
    [
      [0, 2],
      [2, 3],
      [3, 5],
    ],
  );
  assert.equal(cars[0].parameters, 24);
  assert.equal(output.path, "/networks/main/head/0");
  assert.equal(output.units, 1);
});

test("an activation at the start is a car of its own", () => {
  assert.deepEqual(
    train([TANH, linear(3)]).cars.map((car) => car.path),
    ["/networks/main/layers/0", "/networks/main/layers/1"],
  );
});

test("an answer about another kind of layer says nothing of one", () => {
  const old = entriesOf([linear(8), TANH], 2);
  const { cars } = trainOf("/networks/main", { layers: [{ kind: "dropout" }, linear(5)] }, old, PARTS, features(2));
  assert.deepEqual(
    cars.map((car) => car.units),
    [null, null],
  );
});

test("wires run between the neurons of neighbouring columns and meet their edges", () => {
  const layout = laidOut([linear(3), TANH]);
  assert.deepEqual(
    layout.links.map((link) => link.kind),
    ["weights", "weights"],
  );
  const [x, y] = anchor(layout.columns[1], 2, -1);
  const column = layout.columns[1];
  assert.equal(x, column.x - column.size / 2);
  assert.equal(y, column.tops[2] + column.size / 2);
});

test("cars never overlap; where they do not fit the train is wider than the room", () => {
  for (const width of [320, 500, 900, 1600]) {
    for (const count of [1, 3, 6, 9]) {
      const layout = laidOut(
        Array.from({ length: count }, () => linear(4)),
        { width },
      );
      for (const [at, column] of layout.columns.entries()) {
        const next = layout.columns[at + 1];
        if (next) assert.ok(next.left >= column.left + column.card + 28, `${width} ${count}`);
        assert.ok(column.left >= 0 && column.left + column.card <= layout.width + 1e-6);
      }
    }
  }
});

test("neurons of a column never overlap and stay inside a low window", () => {
  for (const units of [1, 8, 16, 300]) {
    const layout = laidOut([linear(units)], { height: 300 });
    const { tops, lefts, size } = layout.columns[1];
    for (let at = 0; at < tops.length; at++) {
      for (let to = 0; to < at; to++) {
        assert.ok(Math.max(Math.abs(tops[at] - tops[to]), Math.abs(lefts[at] - lefts[to])) >= size);
      }
    }
    assert.equal(layout.height, 300);
    assert.ok(Math.max(...tops) + size <= layout.height);
    assert.ok(size >= 18);
  }
});

test("sixty layers fold into few columns, and a block unfolds by its key", () => {
  const layers = Array.from({ length: 30 }, () => [linear(6), TANH]).flat();
  const folded = laidOut(layers);
  assert.ok(folded.columns.length <= 12);
  const stack = folded.columns.find((column) => column.style === "stack");
  const open = laidOut(layers, { open: new Set([stack.key]) });
  assert.equal(open.columns.length, folded.columns.length + stack.cars.length - 1);
  assert.equal(open.frames[0].key, stack.key);
  const cars = blocks(train(layers).cars).flatMap((block) => block.cars);
  assert.deepEqual(
    cars.map((car) => car.path),
    train(layers).cars.map((car) => car.path),
  );
});

test("a residual stands as its inner cars, a frame and the column where its input is added", () => {
  const layers = [linear(4), { kind: "residual", layers: [linear(6), TANH, linear(4)] }, TANH];
  const layout = laidOut(layers);
  const paths = layout.columns.map((column) => column.car.path);
  assert.deepEqual(paths, [
    "/dataset",
    "/networks/main/layers/0",
    "/networks/main/layers/1/layers/0",
    "/networks/main/layers/1/layers/2",
    "/networks/main/layers/1",
    "/networks/main/head/0",
  ]);
  const [frame] = layout.frames;
  assert.deepEqual(
    [frame.key, frame.kind, frame.split, frame.from, frame.to],
    ["/networks/main/layers/1", "container", 1, 2, 4],
  );
  assert.deepEqual(layout.columns[4].feeds, [3, 1]);
  assert.equal(layout.links.find((link) => link.to === 4).kind, "same");
  const closed = laidOut(layers, { open: new Set(["-/networks/main/layers/1"]) });
  assert.equal(closed.columns.length, 4);
});

test("every place where a layer can be coupled in has a plus of its own", () => {
  const layout = laidOut([linear(4), TANH, { kind: "residual", layers: [linear(4)] }]);
  assert.deepEqual(
    layout.gaps.map((gap) => `${gap.list}/${gap.at}`),
    [
      "/networks/main/layers/0",
      "/networks/main/layers/2",
      "/networks/main/layers/2/layers/0",
      "/networks/main/layers/2/layers/1",
      "/networks/main/layers/3",
    ],
  );
  const xs = layout.gaps.map((gap) => gap.x);
  assert.deepEqual(
    xs,
    [...xs].sort((a, b) => a - b),
  );
  assert.equal(new Set(xs).size, xs.length);
});

test("pixels behind Flatten are a strip, the picture before it is a picture", () => {
  const entries = [
    {
      place: "/networks/main/layers/0",
      kind: "flatten",
      shape: features(64),
      parameters: 0,
      multiply_adds: 0,
      rule: RULES.flatten,
    },
    {
      place: "/networks/main/head/0",
      kind: "linear",
      shape: features(10),
      parameters: 650,
      multiply_adds: 640,
      rule: RULES.linear,
    },
  ];
  const image = shapeOf("image", [1, 8, 8]);
  const layout = layOut(trainOf("/networks/main", { layers: [{ kind: "flatten" }] }, entries, PARTS, image), {
    width: 900,
    height: 500,
    open: new Set(),
  });
  assert.deepEqual(
    layout.columns.map((column) => column.style),
    ["picture", "strip", "tiles"],
  );
  assert.deepEqual(
    layout.links.map((link) => link.kind),
    ["bundle", "weights"],
  );
});

/** What JSON Patch makes of a list of layers. */
function patched(layers, edits) {
  const list = [...layers];
  for (const { op, path, value } of edits) {
    const at = Number(path.replace("/networks/main/layers/", ""));
    if (op === "add") list.splice(at, 0, value);
    else list.splice(at, 1);
  }
  return list.map((layer) => layer.units ?? layer.kind);
}

test("moving, doubling and removing a car take its activations along", () => {
  const layers = [linear(1), TANH, linear(2), linear(3), TANH];
  const { cars } = train(layers);
  assert.deepEqual(patched(layers, moving(cars[0], layers, 5)), [2, 3, "tanh", 1, "tanh"]);
  assert.deepEqual(patched(layers, moving(cars[2], layers, 0)), [3, "tanh", 1, "tanh", 2]);
  assert.deepEqual(moving(cars[0], layers, 2), []);
  assert.deepEqual(patched(layers, doubling(cars[0], layers)), [1, "tanh", 1, "tanh", 2, 3, "tanh"]);
  assert.deepEqual(patched(layers, removal(cars[2])), [1, "tanh", 2]);
});

test("arrow keys walk over cars and neurons and stop at the ends", () => {
  const layout = laidOut([linear(3), TANH]);
  const start = { column: 0, row: -1 };
  assert.deepEqual(moveFocus(layout, start, "ArrowLeft"), start);
  assert.deepEqual(moveFocus(layout, start, "End"), { column: 2, row: -1 });
  assert.deepEqual(moveFocus(layout, { column: 1, row: 2 }, "ArrowRight"), { column: 2, row: 0 });
  assert.deepEqual(moveFocus(layout, { column: 1, row: 2 }, "ArrowDown"), { column: 1, row: 2 });
  assert.equal(moveFocus(layout, start, "a"), null);
  assert.deepEqual(keptFocus(layout, { column: 9, row: 9 }), { column: 2, row: 0 });
});

test("frames of another network are not shown as if they were this one's", () => {
  const frame = (cars, arrays) => ({ about: { cars }, arrays });
  const cars = [
    { path: "/networks/main/layers/0", units: 3 },
    { path: "/networks/main/head/0", units: 1 },
  ];
  const frames = {
    plane: frame(cars, { inputs: { shape: [2, 32, 32] } }),
    weights: frame(cars, { "weight:/networks/main/layers/0": { shape: [3, 2] } }),
    answers: frame(cars, { inputs: { shape: [64, 2] } }),
  };
  const kept = (layers, inputs) => Object.keys(framesFor(frames, train(layers, inputs)));
  assert.deepEqual(kept([linear(3), TANH], 2), ["plane", "weights", "answers"]);
  assert.deepEqual(kept([linear(4), TANH], 2), []);
  assert.deepEqual(kept([linear(3), TANH], 5), []);
});

test("larger text makes larger cards and gaps, and neurons begin below them", () => {
  const layers = [linear(8), TANH, linear(8), TANH];
  const usual = laidOut(layers, { width: 800 });
  const large = laidOut(layers, { width: 1200, scale: 1.5 });
  assert.equal(large.columns[1].card, usual.columns[1].card * 1.5);
  assert.equal(large.top, usual.top * 1.5);
  assert.ok(large.columns.every((column) => column.tops.every((top) => top >= large.top)));
});

test("a network says what it costs itself, and takes what its first layer takes where that is not the data", () => {
  const [inputs, inner] = [features(2), features(5)];
  const entries = [
    {
      place: "/networks/decoder/layers/0",
      kind: "residual",
      takes: inner,
      shape: inner,
      parameters: 30,
      multiply_adds: 25,
    },
    { place: "/networks/decoder/layers/0/layers/0", kind: "linear", shape: inner, parameters: 30, multiply_adds: 25 },
    { place: "/networks/decoder/head/0", kind: "linear", shape: inputs, parameters: 12, multiply_adds: 10 },
  ];
  assert.deepEqual(totalsOf(entries), { parameters: 42, multiplyAdds: 35 });
  assert.equal(arrivingOf(entries, inputs), inner);
  assert.equal(arrivingOf([], inputs), inputs);
  const { cars, output } = trainOf("/networks/decoder", { layers: [{ kind: "relu" }] }, entries, PARTS, inner);
  assert.equal(cars[0].place, "/networks/decoder/layers/0");
  assert.deepEqual([output.path, output.place], ["/networks/decoder/head/0", "/networks/decoder/head"]);
});

test("a layer of another network than main is called with its network", () => {
  assert.equal(nameOfPath("/networks/main/layers/0"), "Layer 1");
  assert.equal(nameOfPath("/networks/critic2/layers/3/layers/0"), "critic2 · Layer 4.1");
  assert.equal(nameOfPath("/networks/critic2/head/0"), "critic2 · Output");
});
