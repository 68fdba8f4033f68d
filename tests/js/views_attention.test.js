import assert from "node:assert/strict";
import { test } from "node:test";
import {
  frontOf,
  givenTo,
  headCodes,
  largest,
  layerPath,
  layersOf,
  mostOf,
  placesOf,
  roleOf,
  sharesOf,
  sinceWhen,
} from "../../static/js/views/attentionMaps.js";

const ADDRESS = "/networks/main/layers/1/attention";

/** Two samples, two heads, three places: every byte is its own number. */
const frame = /** @type {any} */ ({
  about: { layers: [ADDRESS, "/networks/main/layers/2"], counts: [2, 3], roles: ["itself", "before"] },
  arrays: {
    [`maps:${ADDRESS}`]: { data: Uint8Array.from({ length: 36 }, (_, at) => at), shape: [2, 2, 3, 3], low: 0, high: 1 },
    [`roles:${ADDRESS}`]: { data: Float32Array.from([0.9, 0.1, 0.4, 0.45]), shape: [2, 2] },
  },
});
const [layer] = layersOf(frame);

test("only what has maps is an attention, and its layer is known", () => {
  assert.deepEqual(
    layersOf(frame).map(({ address }) => address),
    [ADDRESS],
  );
  assert.deepEqual(layersOf(undefined), []);
  assert.equal(layerPath(ADDRESS), "/networks/main/layers/1");
  assert.equal(layerPath("/networks/main/layers/2"), "/networks/main/layers/2");
});

test("places that fill up are not drawn", () => {
  assert.equal(placesOf(frame, layer, 0), 2);
  assert.equal(placesOf(frame, layer, 1), 3);
  assert.deepEqual([...headCodes(layer, 0, 1, 2)], [9, 10, 12, 13]);
  assert.deepEqual([...headCodes(layer, 1, 1, 3)], [27, 28, 29, 30, 31, 32, 33, 34, 35]);
});

test("a class token stands in front of what a layer is given", () => {
  const inputs = { data: Float32Array.from([7, 8, 0, 9, 7, 8]), shape: [2, 3] };
  const led = {
    about: { ...frame.about, counts: [1, 2], [`front:${ADDRESS}`]: 1 },
    arrays: { ...frame.arrays, inputs },
  };
  assert.equal(frontOf(frame, layer), 0);
  assert.equal(frontOf(led, layer), 1);
  assert.equal(placesOf(led, layer, 0), 2);
  assert.deepEqual([...givenTo(led, layer, 1, placesOf(led, layer, 1)).tokens], [9, 7]);
});

test("bytes are square roots of shares", () => {
  const whole = { ...layer, maps: { ...layer.maps, data: new Uint8Array(36).fill(51) } };
  for (const share of sharesOf(whole, 1, 0, 2, 3)) assert.ok(Math.abs(share - 0.04) < 1e-9);
});

test("the largest shares come first, and small ones are not told", () => {
  assert.deepEqual(
    largest([0.1, 0.6, 0.02, 0.28], 2, 0.05).map(({ place }) => place),
    [1, 3],
  );
  assert.deepEqual(largest([0.02, 0.02], 3, 0.05), []);
});

test("a head is named for what it mostly looks at, or not at all", () => {
  assert.equal(roleOf(frame, layer, 0), "itself");
  assert.equal(roleOf(frame, layer, 1), "");
});

test("the step from which on a head does one thing is that of the first frame of an unbroken row", () => {
  const at = (/** @type {number} */ step, /** @type {number[]} */ shares) =>
    /** @type {any} */ ({
      step,
      about: { roles: ["itself", "before"] },
      arrays: { [`roles:${ADDRESS}`]: { data: Float32Array.from(shares), shape: [1, 2] } },
    });
  const since = (/** @type {any[]} */ ...frames) => sinceWhen(frames, ADDRESS, 0);
  assert.equal(since(), null);
  assert.equal(since(at(0, [0.4, 0.2])), null);
  assert.equal(since(at(0, [0.1, 0.8]), at(1, [0.2, 0.3]), at(2, [0.1, 0.5]), at(4, [0.2, 0.7])), 2);
  assert.equal(since(at(0, [0.1, 0.8]), at(1, [0.9, 0.1]), at(2, [0.8, 0.1])), 1);
  assert.equal(since(at(0, [0.1, 0.8]), at(1, [0.2, 0.3])), null);
  assert.deepEqual(mostOf(at(0, [0.25, 0.125]), ADDRESS, 0), { role: "itself", share: 0.25 });
  assert.deepEqual(mostOf(at(0, [0, 0]), "another", 0).share, 0);
});
