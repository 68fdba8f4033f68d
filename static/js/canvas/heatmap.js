/** Canvases of the right sharpness, and small pictures of numbers: mosaics, strips and curves. */

import { css, palette, paintMap } from "./colour.js";

/** The drawing context of a canvas that is `width` × `height` CSS pixels, cleared, at the screen's own sharpness.
 * @param {HTMLCanvasElement} canvas @param {number} width @param {number} height
 * @returns {CanvasRenderingContext2D} */
export function sharp(canvas, width, height) {
  const ratio = Math.min(3, globalThis.devicePixelRatio || 1);
  const [across, down] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
  }
  const context = canvas.getContext("2d");
  if (!context) throw new Error("Expected a canvas that can be drawn on, but this browser gives none.");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/** Signed floats as bytes between −limit and limit; what is no number becomes 0.
 * @param {ArrayLike<number>} values @param {number} limit @param {Uint8Array} [into] @returns {Uint8Array} */
export function codesOf(values, limit, into = new Uint8Array(values.length)) {
  const factor = 127.5 / (limit || 1);
  for (let at = 0; at < values.length; at++) {
    const code = 127.5 + (values[at] || 0) * factor;
    into[at] = code < 0 ? 0 : code > 255 ? 255 : Math.round(code);
  }
  return into;
}

/** @param {ArrayLike<number>} values @returns {number} the largest absolute finite value, at least 1e-12 */
export function largest(values) {
  let found = 1e-12;
  for (let at = 0; at < values.length; at++) {
    const size = Math.abs(values[at]);
    if (size > found && size < Number.POSITIVE_INFINITY) found = size;
  }
  return found;
}

/** Signed numbers as a picture of `height` × `width` cells, 0 neutral.
 * @param {HTMLCanvasElement} canvas @param {ArrayLike<number>} values @param {number[]} shape @param {number} limit */
export function paintSigned(canvas, values, shape, limit) {
  paintMap(canvas, codesOf(values, limit), shape, { kind: "diverging", low: -limit, high: limit });
}

/** One function of one input as a small curve on a line of 0, its height −limit..limit.
 * @param {HTMLCanvasElement} canvas @param {ArrayLike<number>} values @param {number} start @param {number} count
 * @param {number} size CSS pixels @param {number} limit */
export function paintCurve(canvas, values, start, count, size, limit) {
  const context = sharp(canvas, size, size);
  const colours = palette();
  const y = (/** @type {number} */ value) => size / 2 - (value / limit) * (size / 2 - 3);
  context.fillStyle = css(colours.panel);
  context.fillRect(0, 0, size, size);
  context.strokeStyle = css(colours.line);
  context.beginPath();
  context.moveTo(0, size / 2);
  context.lineTo(size, size / 2);
  context.stroke();
  context.lineWidth = 2;
  context.lineJoin = "round";
  for (const positive of [false, true]) {
    context.save();
    context.beginPath();
    context.rect(0, positive ? 0 : size / 2, size, size / 2);
    context.clip();
    context.strokeStyle = css(positive ? colours.pos : colours.neg);
    context.beginPath();
    for (let at = 0; at < count; at++) context.lineTo((at / (count - 1)) * size, y(values[start + at] || 0));
    context.stroke();
    context.restore();
  }
}
