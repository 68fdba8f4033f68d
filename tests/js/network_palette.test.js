import assert from "node:assert/strict";
import { test } from "node:test";
import { learnedOf, sizesOf } from "../../static/js/editor/arithmetic.js";
import { canonical } from "../../static/js/editor/canonical.js";
import { coupling } from "../../static/js/editor/coupling.js";
import { splitPlace } from "../../static/js/editor/offers.js";
import { offered } from "../../static/js/editor/search.js";
import { shapeOf } from "./told.js";

const image = (...sizes) => shapeOf("image", sizes);
const text = (pieces) => pieces.map((piece) => piece.text).join("");

/** How many windows fit, counted one by one. */
function counted(n, { kernel, stride, padding, dilation }) {
  let count = 0;
  for (let at = -padding; at + dilation * (kernel - 1) <= n - 1 + padding; at += stride) count++;
  return count;
}

test("the arithmetic of a window counts as many places as there are", () => {
  for (const n of [5, 8, 32])
    for (const kernel of [1, 2, 3, 5])
      for (const stride of [1, 2, 3])
        for (const padding of [0, 1, 2])
          for (const dilation of [1, 2]) {
            const layer = { kernel, stride, padding, dilation };
            const { lines } = sizesOf(layer, image(3, n, n));
            assert.equal(Math.max(0, lines[0].result), counted(n, layer), JSON.stringify({ n, ...layer }));
          }
});

test("it is written with its letters and with its numbers", () => {
  const layer = { kernel: 3, stride: 2, padding: 1, dilation: 1 };
  const { lines, letters } = sizesOf(layer, image(3, 32, 32));
  assert.equal(lines.length, 1);
  assert.equal(text(lines[0].rule), "⌊(n + 2·p − d·(k − 1) − 1) / s⌋ + 1");
  assert.equal(text(lines[0].numbers), "⌊(32 + 2·1 − 1·(3 − 1) − 1) / 2⌋ + 1");
  assert.equal(lines[0].result, 16);
  assert.deepEqual(
    letters.map(({ letter, value, field }) => `${letter} ${value} ${field}`),
    ["n 32 null", "p 1 padding", "d 1 dilation", "k 3 kernel", "s 2 stride"],
  );
});

test("height and width have a line each where they differ, and a pool has no dilation", () => {
  const { lines } = sizesOf({ kernel: 2, stride: 2, padding: 0 }, image(3, 8, 6));
  assert.deepEqual(
    lines.map((line) => `${text(line.rule)} | ${text(line.numbers)} = ${line.result}`),
    ["⌊(n + 2·p − k) / s⌋ + 1 | ⌊(8 + 2·0 − 2) / 2⌋ + 1 = 4", "⌊(n + 2·p − k) / s⌋ + 1 | ⌊(6 + 2·0 − 2) / 2⌋ + 1 = 3"],
  );
});

test("a transposed convolution undoes the sizes of the convolution", () => {
  for (const layer of [
    { kernel: 2, stride: 2, padding: 0, dilation: 1 },
    { kernel: 4, stride: 2, padding: 1, dilation: 1 },
    { kernel: 3, stride: 1, padding: 1, dilation: 1 },
  ]) {
    const small = sizesOf(layer, image(1, 16, 16)).lines[0].result;
    const back = sizesOf({ ...layer, output_padding: 0 }, image(1, small, small)).lines[0];
    assert.equal(back.result, 16);
  }
});

test("parameters are counted as PyTorch does: torch.nn.Conv2d(8, 16, 3) has 1,168, with groups=4 304", () => {
  const line = (layer, takes) => learnedOf(layer, takes).lines[0];
  const whole = line({ filters: 16, kernel: 3, groups: 1, bias: true }, image(8, 9, 9));
  assert.equal(
    `${text(whole.rule)} | ${text(whole.numbers)} = ${whole.result}`,
    "k·k·in·out + out | 3·3·8·16 + 16 = 1168",
  );
  const grouped = line({ filters: 16, kernel: 3, groups: 4, bias: true }, image(8, 9, 9));
  assert.equal(`${text(grouped.numbers)} = ${grouped.result}`, "3·3·8/4·16 + 16 = 304");
  assert.equal(line({ filters: 4, kernel: 5, groups: 1, bias: false }, shapeOf("series", [2, 30])).result, 40);
});

test("a layer without a window has no arithmetic", () => {
  assert.deepEqual(sizesOf({ units: 3 }, image(1, 8, 8)).lines, []);
  assert.deepEqual(sizesOf({ kernel: 3, stride: 1 }, shapeOf("features", [8])).lines, []);
  assert.deepEqual(learnedOf({ kernel: 2, stride: 2 }, image(1, 8, 8)).lines, []);
});

const parts = [
  { kind: "linear", title: "Linear", group: "dense" },
  { kind: "conv2d", title: "Convolution 2-D", group: "convolution", followed_by: "relu" },
  { kind: "relu", title: "ReLU", group: "activation", rides: true },
  { kind: "around", title: "Around", group: "structure", schema: { properties: { layers: {} } } },
  { kind: "delta", title: "Delta", group: "structure", schema: { properties: { branches: {} } } },
];

test("what fits is offered first, what does not is still found, with its reason", () => {
  const reasons = { linear: "Takes a flat list of numbers.", conv2d: null };
  const offers = offered(parts, "", {}, reasons);
  assert.deepEqual(
    offers.map(({ part, reason }) => [part.kind, Boolean(reason)]),
    [
      ["conv2d", false],
      ["relu", false],
      ["around", false],
      ["delta", false],
      ["linear", true],
    ],
  );
  const [best] = offered(
    [...parts, { kind: "relu6", title: "Rectified linear", group: "activation", rides: true }],
    "linear",
    {},
    reasons,
  );
  assert.equal(best.part.kind, "linear", "nothing stands before what matches better");
  assert.equal(best.reason, "Takes a flat list of numbers.");
  const waiting = offered(parts, "", {}, {});
  assert.deepEqual(
    waiting.map(({ part, reason }) => part.kind + reason),
    parts.map((part) => part.kind),
    "while the answer is on its way",
  );
});

test("a place is asked for by its list and its number there", () => {
  assert.deepEqual(splitPlace("/networks/main/layers/2/branches/0/layers/11"), {
    list: "/networks/main/layers/2/branches/0/layers",
    at: 11,
  });
});

test("the first convolution gets a ReLU, and later ones the activation of their neighbours", () => {
  const values = (main, kind) =>
    coupling({ networks: { main } }, "/networks/main/layers/0", { kind }, parts).map(({ value }) => value);
  assert.deepEqual(values({ layers: [] }, "conv2d"), [{ kind: "conv2d" }, { kind: "relu" }]);
  assert.deepEqual(values({ layers: [{ kind: "conv2d" }] }, "conv2d"), [{ kind: "conv2d" }]);
  assert.deepEqual(values({ layers: [{ kind: "conv2d" }, { kind: "relu", x: 1 }] }, "conv2d")[1], {
    kind: "relu",
    x: 1,
  });
});

test("a layer begins as the server says that it does at this place", () => {
  const start = { kind: "delta", branches: [{ layers: [{ kind: "conv2d", filters: 6, padding: 1 }] }] };
  const [edit] = coupling({ networks: { main: {} } }, "/networks/main/layers/0", start, parts);
  assert.deepEqual(edit, { op: "add", path: "/networks/main/layers/0", value: start });
});

test("documents with branches mean the same, however much their layers leave out", () => {
  const families = { layers: [{ kind: "linear", schema: { properties: { units: { default: 8 } } } }] };
  const document = (layer) => ({
    networks: { main: { layers: [{ kind: "delta", branches: [{ layers: [layer] }] }] } },
  });
  const read = (layer) =>
    canonical(document(layer), { families, forms: {}, defaults: { experiment: {}, network: {} } });
  assert.equal(read({ kind: "linear" }), read({ kind: "linear", units: 8 }));
  assert.notEqual(read({ kind: "linear" }), read({ kind: "linear", units: 9 }));
});
