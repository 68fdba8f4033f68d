/** Pictures as they are, in grey or in colour, and series as lines. */

import { css, packed, palette, pixelsOf, tableOf } from "./colour.js";
import { sharp } from "./heatmap.js";

/** @typedef {import("./mixing.js").Rgb} Rgb */

/** What a byte stands for. Of a range around 0, 128 is 0 itself: what an activation cut off shall not read as a little.
 * @param {{low: number, high: number}} range @param {number} code @returns {number} */
export function meant({ low, high }, code) {
  return code === 128 && low === -high ? 0 : low + (code / 255) * (high - low);
}

/** @type {Rgb} */
const BLACK = [0, 0, 0];
/** @type {Rgb} */
const WHITE = [255, 255, 255];
const EMPTY = 0.25; // of the pixels of drawings are just 0; photographs have hardly any
const LOOKED_AT = 16_384; // numbers, to see which they are
/** @type {WeakMap<object, boolean>} */
const known = new WeakMap();

/** Whether grey pictures, one behind the other, are drawings on empty ground: these are shown as ink on paper.
 * @param {ArrayLike<number> & object} values @returns {boolean} */
export function isDrawn(values) {
  let drawn = known.get(values);
  if (drawn === undefined) {
    const count = Math.min(values.length, LOOKED_AT);
    let empty = 0;
    for (let at = 0; at < count; at++) if (values[at] === 0) empty++;
    drawn = empty > EMPTY * count;
    known.set(values, drawn);
  }
  return drawn;
}

/** A picture of one channel from paper to ink, or (without `paper`) from dark to light, or of three in their colours; of
 * others the mean is shown.
 * @param {HTMLCanvasElement} canvas @param {ArrayLike<number>} values @param {number} start where the picture begins
 * @param {number[]} sizes channels, height, width @param {[number, number]} range of the values @param {boolean} [paper] */
export function paintPixels(canvas, values, start, [channels, height, width], [low, high], paper = true) {
  const cells = height * width;
  const { image, pixels } = pixelsOf(canvas, height, width);
  const { panel, ink } = paper ? palette() : { panel: BLACK, ink: WHITE };
  const span = high - low || 1;
  const part = (/** @type {number} */ at) => Math.min(1, Math.max(0, (values[start + at] - low) / span));
  for (let at = 0; at < cells; at++) {
    if (channels === 3) {
      pixels[at] = packed([255 * part(at), 255 * part(cells + at), 255 * part(2 * cells + at)]);
      continue;
    }
    let mean = 0;
    for (let channel = 0; channel < channels; channel++) mean += part(channel * cells + at) / channels;
    pixels[at] = packed(/** @type {Rgb} */ (panel.map((level, side) => level + (ink[side] - level) * mean)));
  }
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}

/** Many small maps on one canvas, each sampled to its square: one picture is put there, however many maps it holds.
 * @param {HTMLCanvasElement} canvas @param {number} width @param {number} height pixels of the screen
 * @param {{data: ArrayLike<number>, start: number, height: number, width: number, scale: import("./colour.js").Scale,
 *   left: number, top: number, side: number}[]} maps */
export function paintMosaic(canvas, width, height, maps) {
  const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
  const [across, down] = [width, height].map((size) => Math.max(1, Math.round(size * ratio)));
  const { image, pixels } = pixelsOf(canvas, down, across);
  pixels.fill(0);
  for (const { data, start, height: rows, width: columns, scale, left, top, side } of maps) {
    const table = tableOf(scale);
    const size = Math.max(1, Math.round(side * ratio));
    const [x, y] = [Math.round(left * ratio), Math.round(top * ratio)];
    for (let row = 0; row < size && y + row < down; row++) {
      const from = start + Math.floor((row * rows) / size) * columns;
      for (let column = 0; column < size && x + column < across; column++) {
        pixels[(y + row) * across + x + column] = table[data[from + Math.floor((column * columns) / size)]];
      }
    }
  }
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}

/** A series of bytes as a line around 0: what is above in the colour of positive, below in that of negative numbers.
 * @param {HTMLCanvasElement} canvas @param {{data: ArrayLike<number>, start: number, width: number, low: number, high: number}} series
 * @param {number} width @param {number} height pixels of the screen */
export function paintLine(canvas, series, width, height) {
  const { data, start, width: count, low, high } = series;
  const context = sharp(canvas, width, height);
  const colours = palette();
  const limit = Math.max(Math.abs(low), Math.abs(high), 1e-12);
  const top = (/** @type {number} */ value) => height / 2 - (value / limit) * (height / 2 - 2);
  context.fillStyle = css(colours.panel);
  context.fillRect(0, 0, width, height);
  context.strokeStyle = css(colours.line);
  context.beginPath();
  context.moveTo(0, height / 2);
  context.lineTo(width, height / 2);
  context.stroke();
  context.lineWidth = 1.5;
  context.lineJoin = "round";
  for (const positive of [false, true]) {
    context.save();
    context.beginPath();
    context.rect(0, positive ? 0 : height / 2 + 1, width, positive ? height / 2 - 1 : height / 2); // what is 0 is the line of 0
    context.clip();
    context.strokeStyle = css(positive ? colours.pos : colours.neg);
    context.beginPath();
    for (let at = 0; at < count; at++) {
      const value = meant(series, data[start + at]);
      context.lineTo(count > 1 ? (at / (count - 1)) * width : width / 2, top(value));
    }
    context.stroke();
    context.restore();
  }
}
