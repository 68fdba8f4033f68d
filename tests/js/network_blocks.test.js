import assert from "node:assert/strict";
import { test } from "node:test";
import { trainOf } from "../../static/js/network/cars.js";
import { moving } from "../../static/js/network/edits.js";
import { blocks } from "../../static/js/network/folding.js";
import { moveFocus } from "../../static/js/network/keys.js";
import { layOut } from "../../static/js/network/layout.js";
import { patched } from "../../static/js/editor/patch.js";
import { toldOf, shapeOf } from "./told.js";

const PARTS = [
  { kind: "conv2d", title: "Convolution 2-D", group: "convolution" },
  { kind: "batch_norm2d", title: "Batch norm 2-D", group: "normalisation" },
  { kind: "relu", title: "ReLU", group: "activation", rides: true },
  { kind: "residual", title: "Residual", group: "structure" },
  { kind: "skip", title: "Skip", group: "structure" },
  { kind: "branches", title: "Branches", group: "structure" },
  { kind: "tunnel", title: "Tunnel", group: "structure" },
  { kind: "delta", title: "Delta", group: "structure" },
];
const RELU = { kind: "relu" };
const conv = (filters) => ({ kind: "conv2d", filters, kernel: 3, padding: 1 });
const image = (channels, side = 8) => ({ ...shapeOf("image", [channels, side, side]), text: "a picture" });
const branches = (...lists) => ({ kind: "branches", branches: lists.map((layers) => ({ layers })) });
const trainAfter = (layers, entries = toldOf(layers, image(1))) =>
  trainOf("/networks/main", { layers }, entries, PARTS, image(1));
const laidOut = (layers, room = {}) =>
  layOut(trainAfter(layers), { width: 900, height: 520, open: new Set(), ...room });
const paths = (layout) => layout.columns.map((column) => column.car.path || column.car.role);
const column = (layout, path) => layout.columns.find((candidate) => candidate.car.path === path);

const INCEPTION = [conv(4), RELU, branches([conv(2)], [conv(4), RELU, conv(6)], []), conv(3)];

test("whatever has lists of layers holds them, and what goes around them is the rule's to say", () => {
  const { cars } = trainAfter([
    { kind: "tunnel", layers: [conv(2)] },
    { kind: "delta", branches: [{ layers: [conv(2), RELU] }, { layers: [] }] },
  ]);
  assert.deepEqual(
    cars.map(({ role, around, tracks }) => [role, around, tracks.map((track) => track.list)]),
    [
      ["container", true, ["/networks/main/layers/0/layers"]],
      ["container", false, ["/networks/main/layers/1/branches/0/layers", "/networks/main/layers/1/branches/1/layers"]],
    ],
  );
  assert.deepEqual(
    cars[1].inner.map((car) => car.path),
    ["/networks/main/layers/1/branches/0/layers/0"],
  );
});

test("parts are joined as the rule says", () => {
  const joins = (layer) => trainAfter([conv(4), layer]).cars[1].join;
  assert.equal(joins({ kind: "residual", layers: [conv(4)] }), "add");
  assert.equal(joins({ kind: "skip", layers: [conv(6)] }), "concat");
  assert.equal(joins({ kind: "branches", branches: [{ layers: [] }] }), "concat");
  assert.equal(joins({ kind: "branches", join: "add", branches: [{ layers: [] }] }), "add");
});

test("branches stand side by side between the column that feeds them and the one that joins them", () => {
  const layout = laidOut(INCEPTION);
  assert.deepEqual(paths(layout), [
    "/dataset",
    "/networks/main/layers/0",
    "/networks/main/layers/2/branches/0/layers/0",
    "/networks/main/layers/2/branches/1/layers/0",
    "/networks/main/layers/2/branches/1/layers/2",
    "/networks/main/layers/2",
    "/networks/main/layers/3",
    "output",
  ]);
  const [split, short, first, second, join] = layout.columns.slice(1);
  assert.deepEqual(short.feeds, [1]);
  assert.deepEqual(first.feeds, [1]);
  assert.deepEqual(join.feeds, [2, 4, 1]); // the empty branch hands on what arrives
  assert.ok(split.rank < first.rank && first.rank < second.rank && second.rank < join.rank);
  assert.equal(short.rank, (first.rank + second.rank) / 2, "a short branch stands in the middle");
  assert.ok(short.cardTop < first.cardTop && first.cardTop === second.cardTop);
  assert.deepEqual(
    layout.headings.map((heading) => heading.number),
    [1, 2, 3],
  );
});

test("no card and no tile of one lane reaches into the next", () => {
  for (const lanes of [2, 3, 4, 8]) {
    const layout = laidOut([conv(16), branches(...Array.from({ length: lanes }, () => [conv(16)]))], { height: 300 });
    const inner = layout.columns.filter((candidate) => candidate.car.path.includes("/branches/"));
    assert.equal(inner.length, lanes);
    inner.forEach((current, at) => {
      const next = inner[at + 1];
      const low = Math.max(...current.tops) + current.tall;
      assert.ok(current.tops[0] >= current.cardTop + 36, `${lanes}`);
      assert.ok(low <= (next ? next.cardTop : layout.height), `${lanes}`);
    });
  }
});

test("every branch has a plus at its ends and between its cars, and no two lie on each other", () => {
  const layout = laidOut(INCEPTION);
  const places = layout.gaps.map((gap) => `${gap.list}/${gap.at}`);
  for (const wanted of [
    "/networks/main/layers/2",
    "/networks/main/layers/2/branches/0/layers/0",
    "/networks/main/layers/2/branches/0/layers/1",
    "/networks/main/layers/2/branches/1/layers/0",
    "/networks/main/layers/2/branches/1/layers/2",
    "/networks/main/layers/2/branches/1/layers/3",
    "/networks/main/layers/2/branches/2/layers/0",
    "/networks/main/layers/3",
    "/networks/main/layers/4",
  ])
    assert.equal(places.filter((place) => place === wanted).length, 1, wanted);
  for (const [at, gap] of layout.gaps.entries()) {
    for (const other of layout.gaps.slice(at + 1)) {
      assert.ok(Math.abs(gap.x - other.x) >= 24 || Math.abs(gap.y - other.y) >= 24, JSON.stringify([gap, other]));
    }
  }
});

test("a frame begins between the plus outside and the plus inside it, however deep blocks are nested", () => {
  const nested = {
    kind: "residual",
    layers: [{ kind: "residual", layers: [{ kind: "residual", layers: [conv(4)] }] }],
  };
  const layout = laidOut([conv(4), nested], {
    open: new Set(["/networks/main/layers/1", "/networks/main/layers/1/layers/0"]),
  });
  const before = layout.gaps.filter((gap) => gap.after === 1).sort((a, b) => a.x - b.x);
  assert.deepEqual(
    before.map((gap) => gap.list),
    [
      "/networks/main/layers",
      "/networks/main/layers/1/layers",
      "/networks/main/layers/1/layers/0/layers",
      "/networks/main/layers/1/layers/0/layers/0/layers",
    ],
  );
  const frames = [...layout.frames].sort((a, b) => a.left - b.left);
  frames.forEach((frame, at) => assert.ok(before[at].x < frame.left && frame.left < before[at + 1].x));
});

test("arrow keys follow what flows, and lead from lane to lane", () => {
  const layout = laidOut(INCEPTION);
  const card = (number) => ({ column: number, row: -1 });
  assert.deepEqual(moveFocus(layout, card(1), "ArrowRight"), card(2));
  assert.deepEqual(moveFocus(layout, card(2), "ArrowRight"), card(5));
  assert.deepEqual(moveFocus(layout, card(5), "ArrowLeft"), card(2));
  assert.deepEqual(moveFocus(layout, card(3), "ArrowLeft"), card(1));
  assert.deepEqual(moveFocus(layout, card(3), "ArrowRight"), card(4));
  assert.deepEqual(moveFocus(layout, card(3), "ArrowUp"), card(2));
  const last = { column: 2, row: layout.columns[2].shown.length - 1 };
  assert.equal(layout.columns[moveFocus(layout, last, "ArrowDown").column].cardTop, layout.columns[3].cardTop);
});

test("a car moves between tracks, into a block and out of it, and never into itself", () => {
  const document = { networks: { main: { layers: structuredClone(INCEPTION) } } };
  const { cars } = trainAfter(INCEPTION);
  const layersAfter = (edits) => patched(document, edits).networks.main.layers;
  const kinds = (list) => list.map((layer) => (layer.filters ? layer.filters : layer.kind));
  const [own, held] = ["/networks/main/layers/2/branches/1/layers", "/networks/main/layers/2/branches/0/layers"];
  const second = cars[1].tracks[1].cars[0];

  const across = layersAfter(moving(second, INCEPTION[2].branches[1].layers, 1, held));
  assert.deepEqual(kinds(across[2].branches[0].layers), [2, 4, "relu"]);
  assert.deepEqual(kinds(across[2].branches[1].layers), [6]);

  const into = layersAfter(moving(cars[0], INCEPTION, 2, own));
  assert.deepEqual(kinds(into), ["branches", 3]);
  assert.deepEqual(kinds(into[0].branches[1].layers), [4, "relu", 4, "relu", 6]);

  const out = layersAfter(moving(second, INCEPTION[2].branches[1].layers, 0, "/networks/main/layers"));
  assert.deepEqual(kinds(out), [4, "relu", 4, "relu", "branches", 3]);
  assert.deepEqual(kinds(out[4].branches[1].layers), [6]);

  assert.deepEqual(moving(cars[1], INCEPTION, 0, held), []);
});

const RESIDUAL = (channels) => ({
  kind: "residual",
  layers: [conv(channels), { kind: "batch_norm2d" }, RELU, conv(channels), { kind: "batch_norm2d" }],
});

test("a deep network opens in few columns, which say what they repeat", () => {
  const layers = [conv(8), ...Array.from({ length: 20 }, () => RESIDUAL(8)), conv(4)];
  const layout = laidOut(layers);
  assert.ok(layout.columns.length <= 12);
  const stacks = layout.columns.filter((candidate) => candidate.style === "stack");
  assert.deepEqual(
    stacks.map(({ cars, times }) => [cars.length, times]),
    [
      [7, 7],
      [6, 6],
      [7, 7],
    ],
  );
  const opened = laidOut(layers, { open: new Set([stacks[0].key]) });
  assert.equal(opened.columns.length, layout.columns.length + 6);
  const deeper = laidOut(layers, { open: new Set([stacks[0].key, "/networks/main/layers/1"]) });
  assert.equal(deeper.columns.length, opened.columns.length + 4);
});

test("what repeats in turn folds together, and stages of other sizes stay apart", () => {
  const stage = (channels) => Array.from({ length: 6 }, () => [conv(channels), { kind: "batch_norm2d" }]).flat();
  const layers = [...stage(8), ...stage(16)];
  const entries = layers.map(({ kind }, at) => ({
    place: `/networks/main/layers/${at}`,
    kind,
    shape: image(at < 12 ? 8 : 16),
    parameters: 0,
    multiply_adds: 0,
  }));
  const found = blocks(trainAfter(layers, entries).cars);
  const whole = found.flatMap((block) => block.cars.map((car) => car.path));
  assert.deepEqual(
    whole,
    layers.map((_, at) => `/networks/main/layers/${at}`),
  );
  assert.ok(found.length <= 10);
  for (const { cars, times } of found) {
    assert.equal(cars.length / times, 2);
    assert.equal(new Set(cars.map((car) => car.units)).size, 1);
  }
});

test("no more is folded than must be, and the first layers stay in sight", () => {
  const layers = [1, 2, 3].flatMap((times) => [
    conv(8 * times),
    { kind: "batch_norm2d" },
    conv(8 * times),
    { kind: "batch_norm2d" },
  ]);
  const found = blocks(trainAfter(layers).cars);
  assert.ok(found.length <= 10);
  assert.deepEqual(
    found.slice(0, 2).map((block) => block.cars.map((car) => car.path)),
    [["/networks/main/layers/0"], ["/networks/main/layers/1"]],
  );
});

test("sixty different layers still fold, and nothing is lost", () => {
  const kinds = Array.from({ length: 60 }, (_, at) => ({ kind: `own${(at * 7) % 60}` }));
  const found = blocks(trainAfter(kinds).cars);
  assert.ok(found.length <= 10);
  assert.equal(found.flatMap((block) => block.cars).length, 60);
});

test("a small U-Net stands unfolded from the outside in, as far as there is room", () => {
  const inner = { kind: "skip", layers: [conv(4), conv(4)] };
  const layout = laidOut([conv(4), { kind: "skip", layers: [conv(4), inner, conv(4)] }, conv(2)]);
  assert.ok(layout.columns.length <= 12);
  assert.deepEqual(
    layout.frames.map((frame) => frame.key),
    ["/networks/main/layers/1/layers/1", "/networks/main/layers/1"],
  );
});

test("of layers that nothing was told of nothing is known, and they are drawn all the same", () => {
  const layers = [conv(4), { kind: "residual", layers: [conv(4)] }, RELU];
  const { cars, output } = trainOf("/networks/main", { layers }, [], PARTS, image(1));
  assert.deepEqual(
    cars.map(({ role, units, shape, takes, rule }) => [role, units, shape, takes, rule]),
    [
      ["car", null, null, null, null],
      ["container", null, null, null, null],
    ],
  );
  assert.equal(output.units, null);
  const layout = layOut(trainOf("/networks/main", { layers }, [], PARTS, image(1)), {
    width: 900,
    height: 520,
    open: new Set(),
  });
  assert.deepEqual(
    layout.columns.map((column) => column.style),
    ["picture", "none", "none", "none", "none"],
  );
});
