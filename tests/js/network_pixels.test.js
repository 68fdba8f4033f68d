import assert from "node:assert/strict";
import { test } from "node:test";
import { pixelSum } from "../../static/js/network/pixelSum.js";
import { cellsOf, copiedFrom, windowOf } from "../../static/js/network/provenance.js";
import { trainOf } from "../../static/js/network/cars.js";
import { layOut } from "../../static/js/network/layout.js";
import { spotOf } from "../../static/js/network/windowCells.js";
import { shapeOf } from "./told.js";

const PARTS = [
  { kind: "conv2d", title: "Convolution 2-D", group: "convolution" },
  { kind: "conv_transpose2d", title: "Transposed convolution 2-D", group: "convolution" },
  { kind: "max_pool2d", title: "Max pooling 2-D", group: "pooling" },
  { kind: "avg_pool2d", title: "Average pooling 2-D", group: "pooling" },
  { kind: "adaptive_avg_pool2d", title: "Adaptive average pooling 2-D", group: "pooling" },
  { kind: "batch_norm2d", title: "Batch norm 2-D", group: "normalisation" },
  { kind: "residual", title: "Residual", group: "structure", joins: "add", around: true },
  { kind: "skip", title: "Skip", group: "structure", joins: "concat", around: true },
];
/** What the server says of these kinds, see tests/parts/test_rules.py. */
const RULES = {
  conv2d: { reads: "window", makes: "dot" },
  conv_transpose2d: { reads: "stamp", makes: "dot" },
  max_pool2d: { reads: "window", makes: "max" },
  avg_pool2d: { reads: "window", makes: "mean" },
  adaptive_avg_pool2d: { reads: "share", makes: "mean" },
  batch_norm2d: { reads: "same", makes: "function" },
  residual: { reads: "parts", makes: "add", around: true },
  skip: { reads: "parts", makes: "concat", around: true },
};
const ruled = (kind, changes) => RULES[kind] && { ...changes, ...RULES[kind] };
const image = (...sizes) => ({ ...shapeOf("image", sizes), text: sizes.join(" × ") });
const settings = { kernel: 3, stride: 2, padding: 1, dilation: 1, groups: 1 };
const rule = (kind, changes, arriving, leaving) =>
  windowOf({ rule: ruled(kind, changes), shape: image(1, ...leaving) }, arriving, leaving);
const places = (cells) => cells.map(({ row, column, inside }) => `${row},${column}${inside ? "" : "!"}`).join(" ");

test("a window slides by its stride, and what lies in the padding is said to be outside", () => {
  const slide = rule("conv2d", settings, [5, 5], [3, 3]);
  assert.equal(places(cellsOf(slide, 1, 1)), "1,1 1,2 1,3 2,1 2,2 2,3 3,1 3,2 3,3");
  assert.equal(places(cellsOf(slide, 0, 2)), "-1,3! -1,4! -1,5! 0,3 0,4 0,5! 1,3 1,4 1,5!");
  const dilated = rule("conv2d", { ...settings, kernel: 2, stride: 1, padding: 0, dilation: 3 }, [5, 5], [2, 2]);
  assert.equal(places(cellsOf(dilated, 1, 0)), "1,0 1,3 4,0 4,3");
});

test("a transposed convolution reads the map of the convolution backwards", () => {
  for (const changes of [
    { kernel: 2, stride: 2, padding: 0, dilation: 1 },
    { kernel: 3, stride: 2, padding: 1, dilation: 1 },
    { kernel: 3, stride: 1, padding: 0, dilation: 2 },
  ]) {
    const [small, large] = [
      [4, 4],
      [9, 9],
    ];
    const forward = rule("conv2d", changes, large, small);
    const back = rule("conv_transpose2d", changes, small, large);
    const pairs = (windowed, [height, width], turned) => {
      const found = [];
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          for (const cell of cellsOf(windowed, row, column)) {
            if (!cell.inside) continue;
            const [from, to] = [
              [cell.row, cell.column],
              [row, column],
            ];
            found.push([...(turned ? [to, from] : [from, to]), [cell.u, cell.v]].join("|"));
          }
        }
      }
      return found.sort();
    };
    assert.deepEqual(pairs(back, large, true), pairs(forward, small, false));
  }
});

test("an adaptive pool shares what arrives out, as PyTorch does, with an overlap where it does not divide", () => {
  const share = rule("adaptive_avg_pool2d", { output_size: 3 }, [7, 7], [3, 3]);
  const rows = [0, 1, 2].map((row) => [...new Set(cellsOf(share, row, 0).map((cell) => cell.row))]);
  assert.deepEqual(rows, [
    [0, 1, 2],
    [2, 3, 4],
    [4, 5, 6],
  ]);
});

test("a series is one row, and its window has no height", () => {
  const car = { rule: ruled("conv2d", settings), shape: shapeOf("series", [1, 4]) };
  assert.equal(places(cellsOf(windowOf(car, [1, 8], [1, 4]), 0, 1)), "0,1 0,2 0,3");
});

/** Bytes whose value is themselves: low 0, high 255; so that nothing is rounded. */
const exact = (values, ...shape) => ({ data: Uint8Array.from(values), shape, low: 0, high: 255 });

/** A diagram of one input picture of two channels, 2 × 2, and the layers behind it. */
function scene(layers, entries, arrays, cars) {
  const known = entries.map((entry) => ({
    parameters: 0,
    multiply_adds: 0,
    rule: ruled(entry.kind, layers[Number(entry.place.split("/").at(-1))]),
    ...entry,
  }));
  const train = trainOf("/networks/main", { layers, head: false }, known, PARTS, image(2, 2, 2));
  const layout = layOut(train, { width: 900, height: 500, open: new Set() });
  const inputs = exact([1, 2, 3, 4, 10, 20, 30, 40], 1, 2, 2, 2);
  return { layout, frame: { step: 1, about: { cars, ...arrays.about }, arrays: { inputs, ...arrays } } };
}

test("a pixel is the sum over all channels of patch times kernel, and the bias", () => {
  const { layout, frame } = scene(
    [{ kind: "conv2d", filters: 1, kernel: 2, padding: 0, stride: 1 }],
    [{ place: "/networks/main/layers/0", kind: "conv2d", takes: image(2, 2, 2), shape: image(1, 1, 1) }],
    {
      "maps:/networks/main/layers/0": exact([15], 1, 1, 1, 1),
      "kernels:/networks/main/layers/0": { data: Float32Array.of(1, 0, 2, -1, 0.5, 0, 0, 0.25), shape: [1, 2, 2, 2] },
      "bias:/networks/main/layers/0": { data: Float32Array.of(-3), shape: [1] },
    },
    [{ path: "/networks/main/layers/0", units: 1, shown: [0] }],
  );
  const sum = pixelSum(frame, layout, { column: 1, unit: 0 }, 0, { row: 0, column: 0 });
  assert.equal(sum.kind, "weighted");
  assert.deepEqual(
    sum.parts.map((part) => part.sum),
    [1 + 6 - 4, 5 + 10],
  );
  assert.equal(sum.z, 15);
  assert.equal(sum.a, 15);
  assert.equal(sum.missing, 0);
  assert.equal(sum.error, 0.5 * (4 + 0.75), "half a step of the bytes for each weight");
});

test("where channels are not in the frame, the sum is not said", () => {
  const { layout, frame } = scene(
    [{ kind: "conv2d", filters: 1, kernel: 1, padding: 0, stride: 1 }],
    [{ place: "/networks/main/layers/0", kind: "conv2d", takes: image(20, 2, 2), shape: image(1, 2, 2) }],
    {
      "maps:/networks/main/layers/0": exact([1, 2, 3, 4], 1, 1, 2, 2),
      "kernels:/networks/main/layers/0": { data: Float32Array.of(1, 1), shape: [1, 2, 1, 1] },
    },
    [{ path: "/networks/main/layers/0", units: 1, shown: [0] }],
  );
  const sum = pixelSum(frame, layout, { column: 1, unit: 0 }, 0, { row: 1, column: 0 });
  assert.deepEqual([sum.missing, sum.z, sum.bias, sum.a], [18, null, null, 3]);
});

test("a pool keeps the largest, or the mean, of its own channel; padding never wins", () => {
  const pool = (kind, padding, value) =>
    scene(
      [{ kind, kernel: 2, stride: 2, padding }],
      [{ place: "/networks/main/layers/0", kind, takes: image(2, 2, 2), shape: image(2, 1 + padding, 1 + padding) }],
      {
        "maps:/networks/main/layers/0": exact(
          Array(2 * (1 + padding) ** 2).fill(value),
          1,
          2,
          1 + padding,
          1 + padding,
        ),
      },
      [{ path: "/networks/main/layers/0", units: 2, shown: [0, 1] }],
    );
  const at = ({ layout, frame }, unit) => pixelSum(frame, layout, { column: 1, unit }, 0, { row: 0, column: 0 });
  const most = at(pool("max_pool2d", 0, 40), 1);
  assert.deepEqual([most.kind, most.z], ["max", 40]);
  const mean = at(pool("avg_pool2d", 0, 2), 0);
  assert.deepEqual([mean.kind, mean.z], ["mean", 2.5]);
  assert.equal(at(pool("max_pool2d", 1, 1), 0).z, 1, "three of the four places are padding");
});

test("a block that adds gives the sum of its parts, one that joins the channel of the part it comes from", () => {
  const blockOf = (kind, channels) =>
    scene(
      [{ kind, layers: [{ kind: "batch_norm2d" }] }],
      [
        { place: "/networks/main/layers/0", kind, takes: image(2, 2, 2), shape: image(channels, 2, 2) },
        {
          place: "/networks/main/layers/0/layers/0",
          kind: "batch_norm2d",
          takes: image(2, 2, 2),
          shape: image(2, 2, 2),
        },
      ],
      {
        "maps:/networks/main/layers/0/layers/0": exact([5, 6, 7, 8, 50, 60, 70, 80], 1, 2, 2, 2),
        "maps:/networks/main/layers/0": exact(
          Array.from({ length: 4 * channels }, (_, number) => number),
          1,
          channels,
          2,
          2,
        ),
      },
      [
        {
          path: "/networks/main/layers/0",
          units: channels,
          shown: Array.from({ length: channels }, (_, unit) => unit),
        },
        { path: "/networks/main/layers/0/layers/0", units: 2, shown: [0, 1] },
      ],
    );
  const at = ({ layout, frame }, unit) => pixelSum(frame, layout, { column: 2, unit }, 0, { row: 1, column: 1 });
  const added = at(blockOf("residual", 2), 1);
  assert.deepEqual([added.kind, added.z], ["added", 80 + 40]);
  const joined = blockOf("skip", 4);
  assert.deepEqual(
    [0, 1, 2, 3].map((unit) => at(joined, unit).parts.map((part) => [part.column, part.unit, part.sum])),
    [[[0, 0, 4]], [[0, 1, 40]], [[1, 0, 8]], [[1, 1, 80]]],
    "what goes around comes first",
  );
});

test("maps that were made smaller for the frame have no sum", () => {
  const { layout, frame } = scene(
    [{ kind: "batch_norm2d" }],
    [{ place: "/networks/main/layers/0", kind: "batch_norm2d", takes: image(2, 64, 64), shape: image(2, 64, 64) }],
    { "maps:/networks/main/layers/0": exact([1, 2, 3, 4, 5, 6, 7, 8], 1, 2, 2, 2) },
    [{ path: "/networks/main/layers/0", units: 2, shown: [0, 1] }],
  );
  const sum = pixelSum(frame, layout, { column: 1, unit: 0 }, 0, { row: 0, column: 0 });
  assert.deepEqual([sum.kind, sum.factor, sum.z], ["reduced", 32, null]);
});

test("the window on a map is cut off at its edges", () => {
  const cells = [-1, 0, 1].flatMap((row) => [2, 3, 4].map((column) => ({ row, column })));
  assert.deepEqual(spotOf(cells, 4, 4), { left: "50%", top: "0%", width: "50%", height: "50%" });
});

test("upsampling copies the nearest number, or blends those around by how near they lie", () => {
  const copies = { rule: { reads: "scaled", makes: "copy", factor: 3 }, shape: image(1, 6, 6) };
  assert.equal(places(cellsOf(windowOf(copies, [2, 2], [6, 6]), 5, 2)), "1,0");
  const blends = { rule: { reads: "between", makes: "blend", factor: 2 }, shape: image(1, 4, 4) };
  const shares = (row, column) =>
    cellsOf(windowOf(blends, [2, 2], [4, 4]), row, column).map((cell) => [cell.row, cell.column, cell.share]);
  assert.deepEqual(shares(1, 3), [[0, 0, 0], [0, 1, 0.75], [1, 0, 0], [1, 1, 0.25]]); // prettier-ignore
  const row = { rule: blends.rule, shape: shapeOf("series", [1, 4]) };
  assert.deepEqual(
    cellsOf(windowOf(row, [1, 2], [1, 4]), 0, 1).map((cell) => [cell.column, cell.share]),
    [
      [0, 0.75],
      [1, 0.25],
    ],
  );
});

test("padding moves a picture, and around it there is nothing", () => {
  const padded = { rule: { reads: "shifted", makes: "copy", dims: [1, 2] }, shape: image(1, 4, 6) };
  assert.equal(places(cellsOf(windowOf(padded, [2, 2], [4, 6]), 1, 3)), "0,1");
  assert.equal(places(cellsOf(windowOf(padded, [2, 2], [4, 6]), 0, 1)), "-1,-1!");
});

test("numbers that change their places are followed back", () => {
  assert.deepEqual(copiedFrom({ reads: "order", makes: "copy" }, [2, 3, 4], [24], [17]), [1, 1, 1]);
  assert.deepEqual(
    copiedFrom({ reads: "axes", makes: "copy", dims: [1, 3, 2] }, [2, 3, 4], [2, 4, 3], [1, 3, 2]),
    [1, 2, 3],
  );
  assert.equal(copiedFrom({ reads: "window", makes: "dot" }, [1, 2, 2], [1, 2, 2], [0, 0, 0]), null);
});

test("the pixel of a layer of several steps takes what arrives and what leaves from their maps", () => {
  const norm = { reads: "steps", makes: "steps", steps: [{ name: "y", makes: "norm", of: ["x"], width: 2 }] };
  const path = "/networks/main/layers/0";
  const { layout, frame } = scene(
    [{ kind: "group_norm" }],
    [{ place: path, kind: "group_norm", takes: image(2, 2, 2), shape: image(2, 2, 2), rule: norm }],
    {
      about: { steps: { [path]: [["x", "y"], ["x", "y"]] } }, // prettier-ignore
      [`maps:${path}`]: exact([5, 6, 7, 8, 50, 60, 70, 80], 1, 2, 2, 2),
    },
    [{ path, units: 2, shown: [0, 1] }],
  );
  const sum = pixelSum(frame, layout, { column: 1, unit: 1 }, 0, { row: 1, column: 0 });
  assert.deepEqual(
    sum.steps.map(({ name, formula, value }) => [name, formula, value]),
    [
      ["x", "", 30],
      ["y", "(x − μ) / √(σ² + ε)", 70],
    ],
  );
});
