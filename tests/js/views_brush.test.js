import assert from "node:assert/strict";
import { test } from "node:test";
import { pixelsOf, usualOf } from "../../static/js/views/brush.js";

const SMALL = [1, 8, 8];
/** @param {[number, number][]} places @param {number} [width] @param {number[]} [colour] */
const stroke = (places, width = 1, colour = [1]) => ({
  touches: places.map(([x, y]) => /** @type {[number, number, number]} */ ([x, y, 1])),
  width,
  colour,
});
/** @param {Float32Array} picture @param {number} row */
const rowOf = (picture, row) => Array.from(picture.subarray(row * 8, row * 8 + 8), (level) => Number(level.toFixed(2)));

test("a line along the middle of a row of pixels inks just that row, and half a pixel at its round ends", () => {
  const picture = pixelsOf(
    [
      stroke([
        [2, 3.5],
        [6, 3.5],
      ]),
    ],
    SMALL,
  );
  assert.deepEqual(rowOf(picture, 3).slice(2, 6), [1, 1, 1, 1]);
  assert.ok(Math.abs(rowOf(picture, 3)[1] - Math.PI / 8) < 0.03); // half of a disc of diameter 1
  assert.deepEqual(rowOf(picture, 2), [0, 0, 0, 0, 0, 0, 0, 0]);
});

test("a line between two rows gives each of them half: edges are smooth", () => {
  const picture = pixelsOf(
    [
      stroke([
        [0, 4],
        [8, 4],
      ]),
    ],
    SMALL,
  );
  assert.deepEqual(rowOf(picture, 3)[4], 0.5);
  assert.deepEqual(rowOf(picture, 4)[4], 0.5);
});

test("the ink of a dot is its area, whatever the size of the picture", () => {
  for (const side of [8, 28, 32]) {
    const picture = pixelsOf([stroke([[side / 2, side / 2]], side / 4)], [1, side, side]);
    const ink = picture.reduce((sum, level) => sum + level, 0);
    assert.ok(Math.abs(ink - Math.PI * (side / 8) ** 2) < 0.02 * ink, `${side}: ${ink}`);
  }
});

test("ink laid twice is no darker, an eraser takes it away, and pressure makes it wider", () => {
  const line = stroke(
    [
      [1, 4],
      [7, 4],
    ],
    2,
  );
  assert.deepEqual(
    pixelsOf([{ ...line, touches: [...line.touches, ...line.touches] }], SMALL),
    pixelsOf([line], SMALL),
  );
  const erased = pixelsOf(
    [
      line,
      stroke(
        [
          [0, 4],
          [8, 4],
        ],
        4,
        [0],
      ),
    ],
    SMALL,
  );
  assert.ok(erased.every((level) => level < 1e-6));
  const pressed = pixelsOf([{ ...line, touches: line.touches.map(([x, y]) => [x, y, 2]) }], SMALL);
  assert.equal(pressed[2 * 8 + 4], 1);
});

test("colours cover the ground, each channel its own", () => {
  const ground = new Float32Array(3 * 64).fill(0.5);
  const picture = pixelsOf([stroke([[4, 4]], 6, [1, 0, 0.25])], [3, 8, 8], { ground });
  assert.deepEqual(
    [0, 1, 2].map((channel) => picture[channel * 64 + 4 * 8 + 4]),
    [1, 0, 0.25],
  );
  assert.equal(picture[0], 0.5);
});

test("a small drawing in a corner is stretched and moved to lie as the dataset's own", () => {
  const usual = { side: 8, x: 4, y: 4 };
  const corner = [
    stroke([
      [0.5, 0.5],
      [0.5, 2.5],
    ]),
  ];
  const picture = pixelsOf(corner, SMALL, { usual });
  const middle = pixelsOf(
    [
      stroke([
        [4, 0.5],
        [4, 7.5],
      ]),
    ],
    SMALL,
  );
  picture.forEach((level, at) => assert.ok(Math.abs(level - middle[at]) < 0.02, `${at}: ${level}`));
});

test("a drawing as wide as the picture is not pushed over its edge", () => {
  const seven = [
    stroke([
      [0, 0.5],
      [7, 0.5],
      [3, 7.5],
    ]),
  ];
  const picture = pixelsOf(seven, SMALL, { usual: { side: 8, x: 4, y: 4 } });
  const ink = picture.reduce((sum, level) => sum + level, 0);
  const whole = pixelsOf(
    [
      stroke([
        [0.5, 0.5],
        [7.5, 0.5],
        [3.5, 7.5],
      ]),
    ],
    SMALL,
  ).reduce((sum, level) => sum + level, 0);
  assert.ok(Math.abs(ink - whole) < 0.03 * whole);
  assert.ok(rowOf(picture, 0).every((level, at) => at === 0 || at === 7 || level > 0.9));
});

test("where drawings usually lie is read off the dataset's own pictures", () => {
  const bar = new Float32Array(64);
  for (let row = 1; row < 7; row++) bar[row * 8 + 5] = 16;
  assert.deepEqual(usualOf([bar, new Float32Array(64)], SMALL, 16), { side: 6, x: 5.5, y: 4 });
  assert.equal(usualOf([new Float32Array(64)], SMALL, 16), null);
});
