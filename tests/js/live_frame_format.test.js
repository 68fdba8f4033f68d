import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { decodeFrame, numberAt, splitFrames } from "../../static/js/live/frameFormat.js";

// written by app.runs.frames.encode
const file = readFileSync(new URL("../fixtures/runs/two_frames.bin", import.meta.url));
const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);

test("frames that Python wrote are read with their names, shapes and numbers", () => {
  const [weights, surface] = splitFrames(bytes);
  assert.deepEqual([weights.probe, weights.step, weights.epoch], ["weights", 128, 3.5]);
  assert.equal(weights.about.cars[0].kind, "全连接层");
  const weight = weights.arrays["weight:/networks/main/layers/0"];
  assert.deepEqual(weight.shape, [3, 2]);
  assert.equal(numberAt(weight, [2, 1]), 7.5);
  assert.equal(numberAt(weight, 1), -2);
  assert.deepEqual([...weights.arrays["histogram:/networks/main/layers/0"].data], [1, -2, 300000]);
  assert.equal(surface.step, 129);
  assert.equal(numberAt(surface.arrays.after, 0), 4);
});

test("bytes become the values they stand for, within half a level", () => {
  const { output, odd } = splitFrames(bytes)[1].arrays;
  const values = [-1, -0.5, 0, 0.25, 0.5, 1];
  values.forEach((value, i) => assert.ok(Math.abs(numberAt(output, i) - value) <= 1 / 255));
  assert.equal(numberAt(odd, 3), 3);
});

test("a frame alone is read too, wherever its bytes begin", () => {
  const length = new DataView(bytes).getUint32(0, true);
  const moved = new Uint8Array(length);
  moved.set(new Uint8Array(bytes, 4, length));
  assert.equal(decodeFrame(moved.buffer).probe, "weights");
});

test("other bytes are refused", () => {
  assert.throws(() => decodeFrame(new ArrayBuffer(16)), /Expected a frame/);
});
