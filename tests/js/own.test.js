import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import {
  choosesAmount,
  classifies,
  roleOf,
  typesFor,
  withInputs,
  withRole,
  withType,
} from "../../static/js/views/ownColumns.js";
import { plan, slides } from "../../static/js/own/fitting.js";
import { allClasses, freshName, picturesByClass, renamed, withClasses } from "../../static/js/own/pictureClasses.js";
import { cellText } from "../../static/js/views/ownRows.js";
import { countsOf, wholeTable } from "../../static/js/own/spreads.js";
import { scattered } from "../../static/js/views/ownThumbnail.js";
import { findings } from "../../static/js/views/ownVerdict.js";
import { formatBytes } from "../../static/js/i18n/sizeWords.js";
import { patched } from "../../static/js/editor/patch.js";

/** @typedef {import("../../static/js/views/ownColumns.js").Table} Table */

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

const network = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = network;
});

/** A server that answers so to what it is asked to settle. @param {(asked: any) => any} answer */
function settling(answer) {
  globalThis.fetch = async (_, request) =>
    new Response(
      JSON.stringify({ edits: [], also: [], misfit: null, problems: [], ...answer(JSON.parse(String(request?.body))) }),
    );
}

const wish = { dataset: { kind: "own_table" }, task: /** @type {const} */ ("classification"), keep: true };

test("the network on the page stays where it takes the data", async () => {
  settling(({ begin }) => ({ misfit: begin ? "Asked for another." : null }));
  const { document, fits, problems } = await plan(page, wish);
  assert.deepEqual([document, fits, problems], [{ ...page, dataset: wish.dataset }, true, []]);
});

test("a network that does not take the data gives way to another, and it is said why", async () => {
  const layers = [{ kind: "flatten" }];
  settling(() => ({
    edits: [{ op: "add", path: "/networks", value: { main: { layers } } }],
    misfit: "It takes a picture.",
  }));
  const planned = await plan(page, wish);
  assert.deepEqual(planned.document.networks.main.layers, layers);
  assert.deepEqual([planned.fits, planned.misfit], [false, "It takes a picture."]);
});

test("what is to be predicted chooses the task, and the rest is the server's answer", async () => {
  const none = { place: "/dataset/input_columns", detail: "Choose one.", fixes: [] };
  settling(({ experiment }) => ({
    edits: [{ op: "replace", path: "/loss", value: { kind: `loss of ${experiment.task.kind}` } }],
    also: ["Set the batch size to 7"],
    problems: [none],
  }));
  const planned = await plan(page, { ...wish, task: "regression" });
  assert.deepEqual([planned.document.task.kind, planned.document.loss.kind], ["regression", "loss of regression"]);
  assert.deepEqual([planned.also, planned.problems], [["Set the batch size to 7"], [none]]);
});

test("a network slides over pictures where it has such layers", () => {
  assert.equal(slides({ networks: { main: { layers: [{ kind: "conv2d" }] } } }), true);
  assert.equal(slides(page), false);
});
