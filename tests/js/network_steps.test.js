// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { stepRows } from "../../static/js/network/steps.js";

/** @param {Partial<import("../../static/js/network/steps.js").Step>} more */
const attend = (more) => ({ name: "s", makes: "attend", of: ["q", "k", "v"], width: 4, ...more });

test("attention says what ALiBi takes from its scores, and nothing where there is none", () => {
  const formulas = [attend({}), attend({ alibi: true })].map((step) => stepRows([step], new Map())[0].formula);
  assert.deepEqual(formulas, ["softmax(q·k / √d)·v", "softmax(q·k / √d − m·|t − s|)·v"]);
});

test("SwiGLU multiplies what SiLU has bent", () => {
  const steps = [
    {
      name: "g",
      makes: "dot",
      of: ["m"],
      width: 8,
      weights: ["W"],
      biases: ["b"],
      then: /** @type {const} */ ("silu"),
    },
    { name: "p", makes: "products", of: ["g", "h"], width: 8 },
  ];
  assert.deepEqual(
    stepRows(steps, new Map()).map(({ formula }) => formula),
    ["SiLU(W·m + b)", "g·h"],
  );
});
