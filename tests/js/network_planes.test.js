import assert from "node:assert/strict";
import { test } from "node:test";
import { sidesOf } from "../../static/js/api/shapes.js";
import { trainOf } from "../../static/js/network/cars.js";
import { framesFor } from "../../static/js/network/sameNetwork.js";
import { hitAt } from "../../static/js/network/hits.js";
import { anchor, layOut, tileAt } from "../../static/js/network/layout.js";
import { kernelOf, mapOf, normOf, rangeOf, sampleOf, valueAt } from "../../static/js/network/maps.js";
import { sourcesOf } from "../../static/js/network/ribbons.js";
import { evenly } from "../../static/js/network/planes.js";
import { shapeOf as made } from "./told.js";

const PARTS = [
  { kind: "conv2d", title: "Convolution 2-D", group: "convolution" },
  { kind: "conv1d", title: "Convolution 1-D", group: "convolution" },
];
const shapeOf = (...sizes) => made(sizes.length === 3 ? "image" : "series", sizes);

/** A train of convolutions that give these sizes. */
function trainGiving(input, ...given) {
  const kind = input.length === 3 ? "conv2d" : "conv1d";
  const entries = given.map((sizes, at) => ({
    place: `/networks/main/layers/${at}`,
    kind,
    shape: shapeOf(...sizes),
    parameters: 0,
  }));
  const layers = given.map((sizes) => ({ kind, filters: sizes[0] }));
  return trainOf("/networks/main", { layers }, entries, PARTS, shapeOf(...input));
}
const laidOut = (train, room = {}) => layOut(train, { width: 900, height: 520, open: new Set(), ...room });

test("all planes are drawn to one scale, and the smallest can still be seen", () => {
  const layout = laidOut(trainGiving([1, 32, 32], [12, 32, 32], [16, 16, 16], [16, 8, 4], [64, 1, 1]));
  const [, first, second, third, last] = layout.columns;
  const scale = first.wide / 32;
  assert.ok(Math.abs(second.wide - 16 * scale) < 1e-6);
  assert.ok(Math.abs(second.tall - 16 * scale) < 1e-6);
  assert.ok(third.tall > third.wide, "taller than wide, as the picture is");
  assert.ok(last.wide >= 10 && last.tall >= 10);
  assert.equal(last.shown.length, 12);
});

test("planes never overlap, stay below their card and within the diagram", () => {
  for (const [channels, side] of [
    [1, 32],
    [3, 25],
    [8, 8],
    [16, 14],
    [64, 28],
    [12, 1],
  ]) {
    for (const height of [260, 520, 900]) {
      const layout = laidOut(trainGiving([1, side, side], [channels, side, side]), { height });
      const column = layout.columns[1];
      const tiles = column.shown.map((_, row) => tileAt(column, row));
      for (const [at, tile] of tiles.entries()) {
        assert.ok(tile.top >= layout.top - 1e-6 && tile.top + tile.height <= layout.height);
        assert.ok(tile.left >= column.left - 1e-6 && tile.left + tile.width <= column.left + column.card + 1e-6);
        for (const other of tiles.slice(at + 1)) {
          const apart = Math.abs(tile.left - other.left) >= tile.width || Math.abs(tile.top - other.top) >= tile.height;
          assert.ok(apart, `${channels} × ${side} in ${height}`);
        }
      }
    }
  }
});

test("channels of a series are strips as long as it lasts", () => {
  const layout = laidOut(trainGiving([1, 128], [8, 128], [8, 32]));
  const [input, first, second] = layout.columns;
  assert.equal(input.style, "planes");
  assert.ok(first.wide > first.tall);
  assert.ok(Math.abs(second.wide - first.wide / 4) < 1e-6);
  assert.deepEqual(sidesOf(shapeOf(8, 32)), [1, 32]);
});

test("between pictures there is a band and no wire", () => {
  const layout = laidOut(trainGiving([1, 8, 8], [4, 8, 8], [4, 8, 8]));
  assert.deepEqual(
    layout.links.map((link) => link.kind),
    ["bundle", "bundle", "bundle"],
  );
  assert.equal(anchor(layout.columns[1], 3, -1)[1], layout.columns[1].tops[3] + layout.columns[1].tall / 2);
});

test("a plane is found where it is drawn", () => {
  const layout = laidOut(trainGiving([1, 8, 8], [16, 8, 8]));
  const column = layout.columns[1];
  for (const unit of [0, 7, 15]) {
    const { left, top, width, height } = tileAt(column, unit);
    assert.deepEqual(hitAt(layout, [], left + width / 2, top + height / 2), { kind: "neuron", column: 1, unit });
  }
  assert.equal(hitAt(layout, [], column.x, 5), null);
});

test("of more than can be shown some are chosen evenly, with the first and the last", () => {
  assert.deepEqual(evenly(9, 3), [0, 4, 8]);
  assert.deepEqual(evenly(3, 9), [0, 1, 2]);
  assert.deepEqual(evenly(5, 1), [0]);
});

const maps = Uint8Array.from({ length: 2 * 3 * 4 }, (_, at) => at * 10);
const frame = {
  step: 1,
  about: {
    cars: [{ path: "/networks/main/layers/0", units: 30, shown: [0, 14, 29] }],
    kernel_inputs: { "/networks/main/layers/0": [0, 2] },
  },
  arrays: {
    inputs: { data: new Uint8Array(2 * 4), shape: [2, 1, 2, 2] },
    "maps:/networks/main/layers/0": { data: maps, shape: [2, 3, 2, 2], low: -5.1, high: 5.1 },
    "kernels:/networks/main/layers/0": {
      data: Float32Array.from({ length: 12 }, (_, at) => at - 5),
      shape: [3, 2, 1, 2],
    },
    "bias:/networks/main/layers/0": { data: Float32Array.of(0.5, -1, 2), shape: [3] },
  },
};

test("a map is found by the number of its channel and of its sample", () => {
  const map = mapOf(frame, "/networks/main/layers/0", 14, 1);
  assert.equal(map.start, (1 * 3 + 1) * 4);
  assert.ok(Math.abs(valueAt(map, 1, 0) - (-5.1 + (maps[18] / 255) * 10.2)) < 1e-9);
  assert.deepEqual(
    rangeOf(map).map((value) => value.toFixed(3)),
    [valueAt(map, 0, 0), valueAt(map, 1, 1)].map((value) => value.toFixed(3)),
  );
  assert.equal(mapOf(frame, "/networks/main/layers/0", 13, 1), null, "a channel that is not shown");
  assert.equal(mapOf(frame, "/networks/main/layers/0", 14, 2), null, "a sample that is not there");
  assert.equal(mapOf(frame, "/dataset", 0, 1).start, 4);
  assert.equal(mapOf(undefined, "/dataset", 0, 0), null);
});

test("where there are maps of fewer samples, the first is shown", () => {
  assert.equal(sampleOf(frame, 1), 1);
  assert.equal(sampleOf(frame, 40), 0);
  assert.equal(sampleOf(undefined, 40), 40);
});

test("a filter names the channels it looks at, within its own group", () => {
  const kernel = kernelOf(frame, "/networks/main/layers/0", 29, 30, 1, 3);
  assert.deepEqual(kernel.channels, [0, 2]);
  assert.deepEqual([kernel.bias, kernel.height, kernel.width], [2, 1, 2]);
  assert.equal(normOf(kernel, 1).toFixed(9), Math.hypot(5, 6).toFixed(9));
  assert.deepEqual(kernelOf(frame, "/networks/main/layers/0", 29, 30, 2, 6).channels, [3, 5]);
  assert.equal(kernelOf(frame, "/networks/main/layers/0", 13, 30, 1, 3), null);
});

test("under the pointer, the channels with the largest weights count most", () => {
  const layout = laidOut(trainGiving([3, 2, 2], [30, 2, 2]));
  const sources = sourcesOf(layout, frame, { column: 1, unit: 14 });
  assert.deepEqual(
    sources.map(({ feed, unit }) => [feed, unit]),
    [
      [0, 0],
      [0, 2],
    ],
  );
  assert.deepEqual(
    sources.map(({ part }) => part),
    [Math.hypot(1, 0) / Math.hypot(1, 2), 1],
  );
});

test("maps of another network or of another kind of picture are not shown as if they were this one's", () => {
  const kept = (...given) => Object.keys(framesFor({ maps: frame }, trainGiving(...given)));
  assert.deepEqual(kept([1, 2, 2], [30, 2, 2]), ["maps"]);
  assert.deepEqual(kept([3, 2, 2], [30, 2, 2]), []);
  assert.deepEqual(kept([1, 2, 2], [29, 2, 2]), []);
});
