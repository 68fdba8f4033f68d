import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { canonical } from "../../static/js/editor/canonical.js";
import { partEdits } from "../../static/js/editor/choosing.js";
import { coupling } from "../../static/js/editor/coupling.js";
import {
  canRedo,
  canUndo,
  edit,
  experiment,
  goTo,
  name,
  onEdits,
  redo,
  replace,
  undo,
} from "../../static/js/editor/document.js";
import { hashOf, readHash } from "../../static/js/editor/link.js";
import { editsBetween, patched, valueAt } from "../../static/js/editor/patch.js";
import { farEnough, onPlane, without, withPoint } from "../../static/js/editor/pen.js";
import { opened, spoken } from "../../static/js/editor/presets.js";
import { offered } from "../../static/js/editor/search.js";
import { choose } from "../../static/js/editor/settling.js";
import { movedBorder } from "../../static/js/editor/splitBar.js";
import { isLocked, locked } from "../../static/js/ui/shown.js";

const start = { dataset: { kind: "spiral" }, optimizer: { kind: "adam", lr: 0.01 } };
const lr = (/** @type {number} */ value) => [{ op: /** @type {const} */ ("replace"), path: "/optimizer/lr", value }];

beforeEach(() => {
  while (canUndo.value) undo();
  replace(start, "First");
});

test("an edit makes a new document, leaves the old one alone, and makes what is missing on its way", () => {
  const document = { layers: [{ kind: "linear" }] };
  const next = patched(document, [
    { op: "add", path: "/layers/1", value: { kind: "tanh" } },
    { op: "replace", path: "/training/regularization/l2", value: 0.1 },
    { op: "add", path: "/layers/-", value: { kind: "relu" } },
    { op: "remove", path: "/layers/0" },
  ]);
  assert.deepEqual(document, { layers: [{ kind: "linear" }] });
  assert.deepEqual(next, { layers: [{ kind: "tanh" }, { kind: "relu" }], training: { regularization: { l2: 0.1 } } });
  assert.equal(valueAt(next, "/layers/1/kind"), "relu");
  assert.equal(valueAt(next, "/nowhere/1"), undefined);
});

test("what a slider does in one move is undone in one step", () => {
  edit(lr(0.02), 1000);
  edit(lr(0.03), 1100);
  edit(lr(0.04), 1200);
  edit(lr(0.5), 9000);
  undo();
  assert.equal(experiment.value.optimizer.lr, 0.04);
  undo();
  assert.equal(experiment.value.optimizer.lr, 0.01);
  redo();
  assert.equal(experiment.value.optimizer.lr, 0.04);
  edit(lr(1), 20000);
  assert.equal(canRedo.value, false);
});

test("undo brings back the document before a preset, with its name; an edit that changes nothing is none", () => {
  replace({ dataset: { kind: "xor" } }, "Second");
  undo();
  assert.deepEqual([experiment.value, name.value], [start, "First"]);
  const before = experiment.value;
  edit(lr(0.01));
  assert.equal(experiment.value, before);
});

test("a preset's question goes with its data and comes back with them", () => {
  const preset = { name: "two", experiment: { dataset: { kind: "xor" } }, question: "Why?" };
  opened.value = /** @type {any} */ (preset);
  replace({ dataset: { kind: "xor" }, seed: 1 }, "Two");
  assert.equal(spoken.value, preset);
  edit([{ op: "replace", path: "/dataset", value: { kind: "digits" } }]);
  assert.equal(spoken.value, null);
  undo();
  assert.equal(spoken.value, preset);
  undo();
  opened.value = null;
  assert.equal(spoken.value, null);
});

test("a link gives back the experiment, its name and, apart from it, the view", async () => {
  const document = {
    dataset: { kind: "points", points: Array.from({ length: 300 }, (_, n) => [n / 100, 1 - n / 70, n % 2]) },
  };
  const view = { language: /** @type {const} */ ("zh"), hide: ["curves", "data"], text: "看这里" };
  const hash = await hashOf({ experiment: document, name: "螺旋 🌀", preset: "two-spirals", view });
  assert.match(hash, /^#[\w%.=&~*+-]+$/);
  assert.deepEqual(await readHash(hash), { experiment: document, name: "螺旋 🌀", preset: "two-spirals", view });
  assert.equal(await readHash(""), null);
});

test("a link locks a panel, one field or none", () => {
  const before = experiment.value;
  try {
    locked.value = ["data", "/optimizer/lr"];
    assert.deepEqual(
      ["data", "/dataset/noise", "/optimizer/lr", "/optimizer/lr_of_others", "/optimizer", "network"].map(isLocked),
      [true, true, true, false, false, false],
    );
    edit(lr(0.5));
    assert.equal(experiment.value, before);
  } finally {
    locked.value = [];
  }
  edit(lr(0.5));
  assert.equal(experiment.value.optimizer.lr, 0.5);
});

test("a broken link is refused, and so is one that holds no experiment", async () => {
  const hash = await hashOf({ experiment: start, name: "", preset: "", view: {} });
  await assert.rejects(readHash(hash.slice(0, -12)));
  await assert.rejects(readHash("#e=%%%"));
  await assert.rejects(
    readHash(await hashOf({ experiment: /** @type {any} */ ([1]), name: "", preset: "", view: {} })),
  );
});

test("another dataset keeps the settings that both have", () => {
  const part = (/** @type {any} */ told) => /** @type {any} */ (told);
  const spiral = part({ kind: "spiral", carried: ["samples", "seed"] });
  const plane = part({ kind: "plane", carried: ["samples", "seed"] });
  const document = { dataset: { kind: "spiral", samples: 300, arms: 3 }, task: { kind: "classification" } };
  assert.deepEqual(patched(document, partEdits("/dataset", document.dataset, spiral, plane)), {
    dataset: { kind: "plane", samples: 300 },
    task: { kind: "classification" },
  });
  const drawn = part({ kind: "points", carried: ["seed"], start: { points: [[1, 2, 0]] } });
  const [{ value }] = partEdits("/dataset", document.dataset, spiral, drawn);
  assert.deepEqual(value, { kind: "points", points: [[1, 2, 0]] });
});

test("a choice and what makes the rest fit it are one step of undo; alone where the server cannot be asked", async () => {
  const network = globalThis.fetch;
  const task = { op: /** @type {const} */ ("replace"), path: "/task", value: { kind: "regression" } };
  const pick = [{ op: /** @type {const} */ ("replace"), path: "/dataset", value: { kind: "plane" } }];
  try {
    replace(start);
    globalThis.fetch = async () =>
      new Response(JSON.stringify({ edits: [task], also: [], misfit: null, problems: [] }));
    await choose(pick);
    assert.deepEqual(experiment.value, { ...start, dataset: { kind: "plane" }, task: { kind: "regression" } });
    undo();
    assert.deepEqual(experiment.value, start);
    globalThis.fetch = async () => Promise.reject(new TypeError("no network"));
    await choose(pick);
    assert.deepEqual(experiment.value, { ...start, dataset: { kind: "plane" } });
  } finally {
    globalThis.fetch = network;
  }
});

test("a dense layer comes with the activation that its neighbours have, the first with one; any other comes alone", () => {
  const parts = /** @type {any} */ ([
    { kind: "linear", followed_by: "tanh" },
    { kind: "tanh", rides: true },
    { kind: "dropout" },
  ]);
  const network = { layers: [{ kind: "linear", units: 8 }, { kind: "tanh" }] };
  const couple = (/** @type {string} */ kind) =>
    patched(
      { networks: { main: network } },
      coupling({ networks: { main: network } }, "/networks/main/layers/2", { kind }, parts),
    ).networks.main.layers.slice(2);
  assert.deepEqual(couple("linear"), [{ kind: "linear" }, { kind: "tanh" }]);
  assert.deepEqual(couple("dropout"), [{ kind: "dropout" }]);
  assert.equal(coupling({ networks: { main: {} } }, "/networks/main/layers/0", { kind: "linear" }, parts).length, 2);
  const bare = { networks: { main: { layers: [{ kind: "linear" }] } } };
  assert.equal(coupling(bare, "/networks/main/layers/1", { kind: "linear" }, parts).length, 1);
});

test("the palette finds a layer by its Chinese, its pinyin, the first letters and its English", () => {
  const parts = /** @type {any} */ ([
    { kind: "linear", title: "全连接层", search: ["Linear", "全连接层", "dense"] },
    { kind: "conv2d", title: "卷积", search: ["Conv2d", "卷积", "convolution"] },
  ]);
  const sounds = { 卷积: "juanji jj", 全连接层: "quanlianjieceng qljc" };
  const found = (/** @type {string} */ question) => offered(parts, question, sounds, {}).map(({ part }) => part.kind);
  for (const question of ["卷积", "juanji", "jj", "conv", "CONV2D", "ｃｏｎｖ"]) {
    assert.deepEqual(found(question), ["conv2d"], question);
  }
  assert.deepEqual(found("dense"), ["linear"]);
  assert.equal(found("").length, 2);
  assert.equal(found("zzz").length, 0);
});

test("documents that mean the same read the same, however much they leave out", () => {
  const families = /** @type {any} */ ({
    optimizers: [{ kind: "adam", schema: { properties: { kind: { default: "adam" }, lr: { default: 0.01 } } } }],
  });
  const defaults = { experiment: { seed: 0, schedule: { kind: "constant" } }, network: {} };
  const said = { families, forms: {}, defaults };
  const short = { dataset: { kind: "xor" }, optimizer: { kind: "adam" } };
  const long = {
    version: 1,
    seed: 0,
    optimizer: { lr: 0.01, kind: "adam" },
    dataset: { kind: "xor" },
    schedule: { kind: "constant" },
  };
  assert.equal(canonical(short, said), canonical(long, said));
  assert.notEqual(canonical(short, said), canonical({ ...long, seed: 1 }, said));
});

test("the split keeps a tenth to learn from, whichever border is moved", () => {
  assert.deepEqual(movedBorder({ validation: 20, test: 20 }, 0, 50), { validation: 30, test: 20 });
  assert.deepEqual(movedBorder({ validation: 20, test: 20 }, 1, 90), { validation: 20, test: 10 });
  assert.deepEqual(movedBorder({ validation: 20, test: 20 }, 0, -5), { validation: 70, test: 20 });
  assert.deepEqual(movedBorder({ validation: 60, test: 20 }, 1, 5), { validation: 60, test: 30 });
});

test("the pen adds points within the plane, and the eraser takes those nearby", () => {
  const box = { left: 0, top: 0, width: 120, height: 120 };
  assert.deepEqual(onPlane(box, 60, 60), [0, 0]);
  assert.deepEqual(onPlane(box, 500, -500), [6, 6]);
  const points = withPoint(withPoint([], [0, 0, 1]), [3, 3, 0]);
  assert.deepEqual(without(points, [0.1, 0]), [[3, 3, 0]]);
  assert.equal(without(points, [-4, 0]), points);
  assert.ok(farEnough([0, 0], [1, 0]) && !farEnough([0, 0], [0.1, 0]));
});

test("the edits between two documents are as deep as they differ, and lead from one to the other", () => {
  const from = { a: { b: 1, "c/d": [1, 2], gone: true }, same: { x: 1 } };
  const to = { a: { b: 2, "c/d": [1, 3], new: null }, same: { x: 1 } };
  const edits = editsBetween(from, to);
  assert.deepEqual(
    edits.map(({ op, path }) => [op, path]),
    [
      ["replace", "/a/b"],
      ["replace", "/a/c~1d"],
      ["remove", "/a/gone"],
      ["add", "/a/new"],
    ],
  );
  assert.deepEqual(patched(from, edits), to);
  assert.deepEqual(editsBetween(to, structuredClone(to)), []);
});

test("undo, redo and going back in the browser are told as the edits that they make", () => {
  /** @type {any[]} */
  const told = [];
  const end = onEdits((edits, takeBack) => told.push([edits[0].path, edits[0].value, takeBack]));
  edit(lr(0.1));
  undo();
  redo();
  goTo({ ...start, optimizer: { kind: "adam", lr: 0.3 } }, "Third");
  end();
  assert.deepEqual(told, [
    ["/optimizer/lr", 0.1, undo],
    ["/optimizer/lr", 0.01, redo],
    ["/optimizer/lr", 0.1, undo],
    ["/optimizer/lr", 0.3, undo],
  ]);
});
