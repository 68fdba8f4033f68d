import assert from "node:assert/strict";
import { test } from "node:test";
import { withChanges } from "../../static/js/pages/runs/chosen.js";
import { differences, inWords } from "../../static/js/pages/runs/differences.js";
import { namesByDifference } from "../../static/js/pages/runs/naming.js";
import { lineNumbersOf, sorted } from "../../static/js/pages/runs/order.js";
import { valueText } from "../../static/js/pages/runs/settingWords.js";

const spiral = {
  dataset: { kind: "spiral", noise: 0.1 },
  networks: { main: { layers: [{ kind: "linear", units: 8 }, { kind: "tanh" }], head: true } },
  optimizer: { kind: "adam", lr: 0.01 },
};

test("a setting that was changed while its run trained has all its values in the comparison", () => {
  const set = (path, value) => ({ type: "command_applied", command: { kind: "set", path, value } });
  const changed = withChanges(spiral, [
    set("/optimizer/lr", 0.01),
    set("/optimizer/lr", 0.003),
    set("/optimizer/lr", 0.003),
    { type: "command_applied", command: { kind: "pause" } },
    set("/optimizer/amsgrad", true),
    set("/optimizer/lr", 0.001),
  ]);
  const told = differences([spiral, changed]);
  assert.deepEqual(told, [
    { path: "/optimizer/lr", values: [0.01, { changed: [0.01, 0.003, 0.001] }] },
    { path: "/optimizer/amsgrad", values: [undefined, { changed: [null, true] }] },
  ]);
  const texts = told.map(({ path, values }) => valueText(path, values[1], [spiral, changed], /** @type {any} */ ({})));
  assert.deepEqual(texts, ["0.01 → 0.003 → 0.001", "– → yes"]);
});

test("only settings that differ are told, each with its value in every experiment", () => {
  const other = { ...spiral, seed: 3, optimizer: { kind: "adam", lr: 0.03 } };
  assert.deepEqual(differences([spiral, other]), [
    { path: "/optimizer/lr", values: [0.01, 0.03] },
    { path: "/seed", values: [undefined, 3] },
  ]);
});

test("a setting that only one of them has differs too", () => {
  const other = { ...spiral, optimizer: { kind: "sgd", lr: 0.1, momentum: 0.9 } };
  assert.deepEqual(differences([spiral, other]), [
    { path: "/optimizer/kind", values: ["adam", "sgd"] },
    { path: "/optimizer/lr", values: [0.01, 0.1] },
    { path: "/optimizer/momentum", values: [undefined, 0.9] },
  ]);
});

test("experiments that are the same do not differ", () => {
  assert.deepEqual(differences([spiral, structuredClone(spiral)]), []);
});

test("networks are compared as a whole, in words", () => {
  const wide = structuredClone(spiral);
  wide.networks.main.layers[0].units = 16;
  assert.deepEqual(differences([spiral, wide]), [{ path: "/networks/main/layers", values: ["8 tanh", "16 tanh"] }]);
});

test("a stack of layers reads short", () => {
  const linear = (units) => ({ kind: "linear", units });
  assert.equal(inWords([linear(8), { kind: "tanh" }, linear(8), { kind: "tanh" }]), "8-8 tanh");
  assert.equal(inWords([linear(64), { kind: "relu" }, { kind: "dropout" }, linear(10)]), "64 relu, dropout, 10");
  assert.equal(inWords([{ kind: "flatten" }, linear(4)]), "flatten, 4");
  assert.equal(inWords([{ kind: "residual", layers: [linear(8), { kind: "relu" }] }]), "residual (8 relu)");
  assert.equal(inWords([]), "");
  const titles = { tanh: "Tanh", max_pool2d: "Max pooling 2-D", residual: "Residual" };
  const titleOf = (kind) => titles[kind] ?? kind;
  assert.equal(inWords([{ kind: "max_pool2d" }, linear(4), { kind: "tanh" }], titleOf), "Max pooling 2-D, 4 Tanh");
  assert.equal(inWords([{ kind: "residual", layers: [linear(8), { kind: "tanh" }] }], titleOf), "Residual (8 Tanh)");
});

test("names are sorted by pinyin, numbers by their size", () => {
  const runs = ["张三", "安静", "李四", "run 10", "run 9"].map((name, id) => ({ id: String(id), name, metrics: {} }));
  assert.deepEqual(
    sorted(/** @type {any} */ (runs), "name").map(({ name }) => name),
    ["安静", "李四", "张三", "run 9", "run 10"],
  );
});

test("the lowest loss comes first, and runs without one last", () => {
  const runs = [{ metrics: {} }, { metrics: { validation_loss: 0.5 } }, { metrics: { train_loss: 0.1 } }];
  assert.deepEqual(
    sorted(/** @type {any} */ (runs), "best").map(({ metrics }) => Object.values(metrics)[0]),
    [0.1, 0.5, undefined],
  );
});

test("a setting that is empty is no other than one that is not there", () => {
  const other = { ...spiral, networks: { main: { ...spiral.networks.main, from_run: null } } };
  assert.deepEqual(differences([spiral, other]), []);
});

/** @param {string} path @param {unknown} value */
const plain = (path, value) => (path.endsWith("/kind") ? String(value) : `${path.split("/").at(-1)} ${value ?? "–"}`);

test("runs are called by the one setting that tells them apart", () => {
  const [adam, sgd] = [spiral, { ...spiral, optimizer: { kind: "sgd", lr: 0.1, momentum: 0.9 } }];
  assert.deepEqual(namesByDifference(differences([adam, sgd]), plain, ["a", "b"]), ["adam", "sgd"]);
  const rates = [0.1, 0.01, 0.001].map((lr) => ({ ...spiral, optimizer: { kind: "adam", lr } }));
  assert.deepEqual(namesByDifference(differences(rates), plain, ["a", "b", "c"]), ["lr 0.1", "lr 0.01", "lr 0.001"]);
});

test("where one setting does not tell them apart, a second one is said after it", () => {
  const runs = ["adam", "sgd"].flatMap((kind) => [0.1, 0.01].map((lr) => ({ ...spiral, optimizer: { kind, lr } })));
  const names = ["adam · lr 0.1", "adam · lr 0.01", "sgd · lr 0.1", "sgd · lr 0.01"];
  assert.deepEqual(namesByDifference(differences(runs), plain, ["a", "b", "c", "d"]), names);
});

test("runs with the same settings go by their own names, and by numbers where these are the same", () => {
  assert.deepEqual(namesByDifference([], plain, ["Morning", "Evening"]), ["Morning", "Evening"]);
  assert.deepEqual(namesByDifference([], plain, ["Spiral", "Spiral"]), ["Spiral (1)", "Spiral (2)"]);
  const sgd = { ...spiral, optimizer: { kind: "sgd", lr: 0.01 } };
  const found = differences([spiral, spiral, sgd]);
  assert.deepEqual(namesByDifference(found, plain, ["Morning", "Evening", "Noon"]), [
    "adam · Morning",
    "adam · Evening",
    "sgd",
  ]);
});

test("a run keeps the colour of its line while others come and go", () => {
  const three = lineNumbersOf(["a", "b", "c"], {});
  assert.deepEqual(three, { a: 0, b: 1, c: 2 });
  const two = lineNumbersOf(["b", "c"], three);
  assert.deepEqual(two, { b: 1, c: 2 });
  assert.deepEqual(lineNumbersOf(["b", "c", "d"], two), { b: 1, c: 2, d: 0 });
});

test("what only some of the runs have at all does not tell them apart while anything else does", () => {
  const other = { ...spiral, dataset: { kind: "moons", noise: 0.1 } };
  delete other.networks;
  const third = { ...spiral, dataset: { kind: "circle", noise: 0.1 } };
  const names = namesByDifference(differences([spiral, other, third]), plain, ["a", "b", "c"]);
  assert.deepEqual(names, ["spiral", "moons", "circle"]);
});
