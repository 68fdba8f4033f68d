/** Samples that are pictures: grey as ink on paper or as light, colours as they are. */

import { h } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { sizeOf } from "../api/shapes.js";
import { onTheme, packed, palette, pixelsOf } from "../canvas/colour.js";
import { isDrawn } from "../canvas/pixels.js";

/** @typedef {import("./points.js").Preview} Preview */
/** @typedef {import("../canvas/colour.js").Rgb} Rgb */
/** How levels are shown: `white` is the highest; on `paper` grey 0 is the page and `white` the ink.
 * @typedef {{white: number, paper: boolean}} Light */

const LOOKED_AT = 12; // samples, to see whether they are drawings
/** @type {WeakMap<Preview, number[]>} */
const known = new WeakMap();

/** Whether grey pictures are drawings on empty ground, which are shown as ink on paper.
 * @param {Preview} preview */
export function onPaper(preview) {
  const levels = known.get(preview) ?? preview.raw.slice(0, LOOKED_AT).flat(2);
  known.set(preview, levels);
  return sizeOf(preview.shape, "channels") === 1 && isDrawn(levels);
}

/** Paints one picture (channels × height × width, row by row) with a canvas pixel for each of its own.
 * @param {HTMLCanvasElement} canvas @param {ArrayLike<number>} levels @param {number[]} shape @param {Light} light */
export function paintLevels(canvas, levels, shape, light) {
  const [, height, width] = shape;
  const { image, pixels } = pixelsOf(canvas, height, width);
  const colour = colourer(levels, shape, light);
  for (let at = 0; at < pixels.length; at++) pixels[at] = packed(colour(at));
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}

/** Gives the colour of each pixel; any other number of channels than three is shown as its mean. What networks draw can
 * lie beyond black and white: it is cut off.
 * @param {ArrayLike<number>} levels @param {number[]} shape @param {Light} light @returns {(at: number) => Rgb} */
export function colourer(levels, [channels, height, width], { white, paper }) {
  const plane = height * width;
  const shade = (/** @type {number} */ level) => Math.max(0, Math.min(1, level / white));
  if (channels === 3)
    return (at) => [255 * shade(levels[at]), 255 * shade(levels[plane + at]), 255 * shade(levels[2 * plane + at])];
  const { panel, ink } = palette();
  return (at) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += levels[channel * plane + at];
    const part = shade(sum / channels);
    if (!paper) return [part * 255, part * 255, part * 255];
    const between = (/** @type {0 | 1 | 2} */ channel) => panel[channel] + (ink[channel] - panel[channel]) * part;
    return [between(0), between(1), between(2)];
  };
}

/** @param {{levels: ArrayLike<number>, shape: number[], light: Light}} props */
export function Picture({ levels, shape, light }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const latest = useRef({ levels, shape, light });
  latest.current = { levels, shape, light };
  const paint = () => {
    const now = latest.current;
    if (canvas.current) paintLevels(canvas.current, now.levels, now.shape, now.light);
  };
  useLayoutEffect(paint, [levels, light.paper, light.white]);
  useLayoutEffect(() => onTheme(paint), []);
  return h("canvas", { ref: canvas, class: "pixels", "aria-hidden": "true" });
}
