import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { chosenApart } from "../../static/js/editor/ownData.js";
import {
  choosesAmount,
  classifies,
  roleOf,
  typesFor,
  withInputs,
  withRole,
  withType,
} from "../../static/js/own/columns.js";
import { ownEdits, plan, slides, smallNetwork } from "../../static/js/own/fitting.js";
import { allClasses, freshName, picturesByClass, renamed, withClasses } from "../../static/js/own/pictureClasses.js";
import { cellText } from "../../static/js/own/rows.js";
import { countsOf, wholeTable } from "../../static/js/own/spreads.js";
import { scattered } from "../../static/js/own/thumbnail.js";
import { findings } from "../../static/js/own/verdict.js";
import { formatBytes } from "../../static/js/own/words.js";
import { patched } from "../../static/js/editor/patch.js";

/** @typedef {import("../../static/js/own/columns.js").Table} Table */

/** @type {Table} */
const table = {
  kind: "own_table",
  missing: "drop",
  columns: [
    { name: "名字", type: "text", values: [] },
    { name: "class", type: "number", values: ["1", "2", "3"] },
    { name: "sex", type: "category", values: ["f", "m"] },
    { name: "day", type: "date", values: [], earliest: "1913-04-02" },
    { name: "fare", type: "number", values: [] },
    { name: "survived", type: "number", values: ["0", "1"] },
  ],
  input_columns: ["class", "sex", "fare"],
  target_column: "survived",
};
const losses = /** @type {any[]} */ ([
  { kind: "cross_entropy", tasks: ["classification"] },
  { kind: "mse", tasks: ["regression"] },
]);
const page = {
  dataset: { kind: "circle" },
  task: { kind: "classification" },
  loss: { kind: "cross_entropy" },
  networks: { main: { layers: [{ kind: "linear", units: 4 }] } },
  training: { batch_size: 10, target: { metric: "validation_accuracy", at_least: 0.9 } },
};

test("there is one target: another one makes an input of the one before, in the order of the columns", () => {
  const next = withRole(table, "class", "target");
  assert.equal(next.target_column, "class");
  assert.deepEqual(next.input_columns, ["sex", "fare", "survived"]);
  assert.equal(roleOf(next, "survived"), "input");
  assert.equal(roleOf(next, "名字"), "out");
  assert.equal(withRole(table, "survived", "out").target_column, "");
  assert.deepEqual(withRole(table, "sex", "out").input_columns, ["class", "fare"]);
});

test("all columns but free text and the target become inputs at once", () => {
  assert.deepEqual(withInputs(table, true).input_columns, ["class", "sex", "day", "fare"]);
  assert.deepEqual(withInputs(table, false).input_columns, []);
});

test("numbers of few whole values may be a category, nothing else may change its kind", () => {
  assert.deepEqual(typesFor(table.columns[1]), ["number", "category"]);
  for (const at of [0, 2, 3, 4]) assert.deepEqual(typesFor(table.columns[at]), [table.columns[at].type]);
  assert.equal(withType(table, "class", "category").columns[1].type, "category");
});

test("names and few whole numbers are told apart as classes; an amount is predicted where asked, or where there are many", () => {
  assert.equal(classifies(table), true);
  assert.equal(classifies({ ...table, amounts: true }), false);
  assert.equal(choosesAmount(table), true);
  assert.equal(classifies(withRole(table, "fare", "target")), false);
  assert.equal(classifies(withRole(table, "sex", "target")), true);
  assert.equal(choosesAmount(withRole(table, "sex", "target")), false);
});

test("own data bring the task, the loss and the goal that go with their target, and leave the rest", () => {
  const dataset = { kind: "own_table" };
  const same = patched(page, ownEdits(page, dataset, "classification", losses, null));
  assert.deepEqual(same, { ...page, dataset });
  const other = patched(page, ownEdits(page, dataset, "regression", losses, smallNetwork(false, [])));
  assert.deepEqual([other.task.kind, other.loss.kind], ["regression", "mse"]);
  assert.equal(other.training.target.metric, "validation_r2");
  assert.equal(other.networks.main.layers[0].units, 16);
});

test("a small network for pictures slides over them, where there are such layers", () => {
  const kinds = ["conv2d", "relu", "max_pool2d", "flatten", "linear"];
  const layers = smallNetwork(true, kinds);
  assert.equal(slides({ networks: { main: { layers } } }), true);
  assert.equal(smallNetwork(true, ["linear", "relu", "flatten"])[0].kind, "flatten");
  assert.equal(slides(page), false);
});

const network = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = network;
});

/** A server that finds these problems. @param {(document: any) => any[]} problemsOf */
function checking(problemsOf) {
  globalThis.fetch = async (_, request) =>
    new Response(JSON.stringify({ problems: problemsOf(JSON.parse(String(request?.body)).experiment) }));
}

const wish = { dataset: { kind: "own_table" }, task: /** @type {const} */ ("classification"), losses, keep: true };
const layers = smallNetwork(false, []);

test("the network on the page stays where it takes the data", async () => {
  checking(() => []);
  const { document, fits, problems } = await plan(page, { ...wish, layers });
  assert.deepEqual([document.networks, fits, problems], [page.networks, true, []]);
});

test("a network that does not take the data gives way to a small one, and it is said why", async () => {
  const misfit = { place: "/networks/main/layers/0", detail: "It takes a picture.", fixes: [] };
  checking((document) => (document.networks.main.layers.length === 1 ? [misfit] : []));
  const planned = await plan(page, { ...wish, layers });
  assert.deepEqual(planned.document.networks.main.layers, layers);
  assert.deepEqual([planned.fits, planned.misfit, planned.problems], [false, "It takes a picture.", []]);
});

test("what one click mends outside the data is mended with it; what lies in the data is left to the person", async () => {
  const fix = { title: "Set the batch size to 7", edits: [{ op: "replace", path: "/training/batch_size", value: 7 }] };
  const large = { place: "/training/batch_size", detail: "Too large.", fixes: [fix] };
  const none = { place: "/dataset/input_columns", detail: "Choose one.", fixes: [fix] };
  checking((document) => [none, ...(document.training.batch_size > 7 ? [large] : [])]);
  const planned = await plan(page, { ...wish, layers });
  assert.equal(planned.document.training.batch_size, 7);
  assert.deepEqual([planned.also, planned.problems], [["Set the batch size to 7"], [none]]);
});

/** @param {Record<string, any>} one @returns {any} */
const preview = (one) => ({
  ...{ classes: ["no", "yes"], split: [0, 0, 0, 1, 1, 2], targets: [], raw: [], names: [], shape: [3] },
  ...{ balance: { train: [60, 40], validation: [12, 8], test: [0, 0] } },
  ...one,
});

test("an accuracy is worth what it gains over always saying the same, on samples that were never seen", () => {
  const [majority, ...others] = findings(preview({}), { train_accuracy: 0.82, validation_accuracy: 0.8 });
  assert.equal(majority.kind, "majority");
  assert.equal(majority.values.name, "no");
  assert.equal(majority.values.share, 0.6);
  assert.ok(Math.abs(majority.values.gain - 0.2) < 1e-9);
  assert.deepEqual(others, []);
  assert.ok(Number.isNaN(findings(preview({}), undefined)[0].values.reached));
});

test("learned by heart, and too good to be true, each get a sentence", () => {
  const kinds = (/** @type {any} */ metrics) => findings(preview({}), metrics).map(({ kind }) => kind);
  assert.deepEqual(kinds({ train_accuracy: 1, validation_accuracy: 0.75 }), ["majority", "trap"]);
  assert.deepEqual(kinds({ train_accuracy: 1, validation_accuracy: 0.99 }), ["majority", "suspicious"]);
});

test("always saying the mean is off by the spread of the numbers, which R² and the error tell", () => {
  const [mean] = findings(preview({ classes: [] }), { validation_rmse: 3, validation_r2: 0.91 });
  assert.ok(Math.abs(mean.values.always - 10) < 1e-9);
  assert.deepEqual(findings(preview({ classes: [] }), {}), []);
});

test("the values of all columns are counted in one preview: categories by name, numbers in bins, empty cells nowhere", () => {
  const whole = wholeTable(table);
  assert.deepEqual([whole.input_columns, whole.missing], [["class", "sex", "day", "fare"], "fill"]);
  const raw = [[1, 0, 0, 0], [3, 1, 1, null], [3, 1, 2, 24], ...Array.from({ length: 12 }, (_, at) => [3, 1, 1, at])];
  const counts = countsOf(whole, preview({ raw }));
  assert.deepEqual(counts.sex, [1, 14]);
  assert.deepEqual(counts.class, [1, 14]);
  assert.deepEqual(counts.survived, [72, 48]);
  assert.equal(counts.fare.length, 12);
  assert.equal(
    counts.fare.reduce((sum, one) => sum + one, 0),
    14,
  );
});

test("cells read as they were sent", () => {
  assert.equal(cellText(table.columns[2], 1), "m");
  assert.equal(cellText(table.columns[3], 7), "Apr 9, 1913");
  assert.equal(cellText(table.columns[4], 14.98), "14.98");
  assert.equal(cellText(table.columns[4], null), "");
});

test("the small picture shows the two columns with most to see, each on its own scale", () => {
  const raw = [
    [1, 0, 100, null],
    [1, 5, 200, 1],
    [2, 10, 300, 1],
  ];
  const { raw: points, targets } = scattered(preview({ raw, targets: [0, 1, 1] }));
  assert.deepEqual(points, [
    [-5.5, -5.5],
    [0, 0],
    [5.5, 5.5],
  ]);
  assert.deepEqual(targets, [0, 1, 1]);
});

test("classes made here keep their places; those without a picture and those left out go into no experiment", () => {
  const known = [
    { name: "圆", count: 3 },
    { name: "square", count: 2 },
  ];
  const classes = allClasses(known, ["square", "Class 3"], new Set(["圆"]));
  assert.deepEqual(
    classes.map(({ name, count, used }) => [name, count, used]),
    [
      ["square", 2, true],
      ["Class 3", 0, false],
      ["圆", 3, false],
    ],
  );
  assert.deepEqual(withClasses({ side: 32 }, classes), { side: 32, classes: [{ name: "square", count: 2 }] });
  assert.equal(
    freshName(classes, (number) => `Class ${number}`),
    "Class 4",
  );
  assert.equal(
    freshName(classes.slice(1), (number) => `Class ${number}`),
    "Class 4",
  );
});

test("only own data have fields that are chosen elsewhere: a set with a number of classes keeps its field", () => {
  assert.deepEqual(chosenApart({ kind: "multi_gaussian", classes: 4 }), []);
  assert.ok(chosenApart({ kind: "own_pictures" }).includes("classes"));
});

test("two classes never get the same name", () => {
  const classes = allClasses([], ["Class 1", "Class 2"], new Set());
  assert.deepEqual(renamed(["Class 1", "Class 2"], "Class 1", "猫", classes), ["猫", "Class 2"]);
  assert.deepEqual(renamed(["Class 1", "Class 2"], "Class 1", "Class 2", classes), ["Class 2 3", "Class 2"]);
});

test("the pictures of a preview are found by the name of their class", () => {
  const seen = picturesByClass(preview({ raw: [[1], [2], [3]], targets: [0, 1, 0] }));
  assert.deepEqual(seen, { no: [[1], [3]], yes: [[2]] });
});

test("sizes of files are said in units that fit", () => {
  assert.deepEqual([0, 512, 61_181, 3_400_000, 2e9].map(formatBytes), ["0 B", "512 B", "61.2 kB", "3.4 MB", "2 GB"]);
});
