/** A picture under its masks: the true one as an outline, the predicted one as a tint, or only where they differ. */

import { h } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { css, onTheme, packed, palette, pixelsOf } from "../canvas/colour.js";
import { mix } from "../canvas/mixing.js";
import { colourer } from "./pictures.js";
import { groundOf } from "./points.js";

/**
 * @typedef {object} MaskScene
 * @property {ArrayLike<number>} levels of the picture
 * @property {number[]} shape channels, height, width
 * @property {import("./pictures.js").Light} light
 * @property {ArrayLike<number>} truth class numbers, row by row
 * @property {ArrayLike<number>} predicted
 * @property {string[]} classes
 * @property {number} [tint] of the predicted mask, 0..0.45
 * @property {boolean} [difference] tints only what is wrong
 */

export const MOST_TINT = 0.45; // what lies below must stay to be seen
const SIDE = 128; // pixels of the painted picture, at least, so that outlines are thin
const small = () => document.createElement("canvas");

/** @param {MaskScene} props */
export function Masked(props) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const latest = useRef(props);
  latest.current = props;
  const paint = () => canvas.current && paintMasked(canvas.current, latest.current);
  useLayoutEffect(() => void paint(), [props.levels, props.truth, props.predicted, props.tint, props.difference]);
  useLayoutEffect(() => onTheme(paint), []);
  return h("canvas", { ref: canvas, class: "pixels", "aria-hidden": "true" });
}

/** @param {HTMLCanvasElement} canvas @param {MaskScene} scene */
export function paintMasked(canvas, scene) {
  const { shape, truth, predicted, classes, difference = false } = scene;
  const [, height, width] = shape;
  const zoom = Math.max(2, Math.ceil(SIDE / Math.max(width, height)));
  const tinted = small();
  paintTinted(tinted, scene);
  canvas.width = width * zoom;
  canvas.height = height * zoom;
  const context = canvas.getContext("2d");
  if (!context) return;
  context.imageSmoothingEnabled = false;
  context.drawImage(tinted, 0, 0, canvas.width, canvas.height);
  const colours = palette();
  if (difference) hatch(context, truth, predicted, width, zoom, css(colours.bad));
  const ground = groundOf(classes);
  for (const [own, edges] of outlines(truth, height, width, ground)) {
    const path = new Path2D();
    for (const [x1, y1, x2, y2] of edges) {
      path.moveTo(x1 * zoom, y1 * zoom);
      path.lineTo(x2 * zoom, y2 * zoom);
    }
    context.lineCap = "round";
    context.strokeStyle = css(colours.panel);
    context.lineWidth = 4;
    context.stroke(path);
    context.strokeStyle = css(colours.classes[own % 10]);
    context.lineWidth = 2;
    context.stroke(path);
  }
}

/** The picture with the predicted classes over it, a canvas pixel for each of its own.
 * @param {HTMLCanvasElement} canvas @param {MaskScene} scene */
function paintTinted(
  canvas,
  { levels, shape, light, truth, predicted, classes, tint = MOST_TINT, difference = false },
) {
  const [, height, width] = shape;
  const { image, pixels } = pixelsOf(canvas, height, width);
  const colour = colourer(levels, shape, light);
  const colours = palette();
  const ground = groundOf(classes);
  const strength = Math.min(MOST_TINT, tint);
  for (let at = 0; at < pixels.length; at++) {
    const own = predicted[at];
    const seen = difference ? own !== truth[at] : own !== ground;
    const over = difference ? colours.bad : colours.classes[own % 10];
    pixels[at] = packed(seen ? mix(colour(at), over, strength) : colour(at));
  }
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}

/** Strokes over the pixels that are wrong, so that colour is not alone.
 * @param {CanvasRenderingContext2D} context @param {ArrayLike<number>} truth @param {ArrayLike<number>} predicted
 * @param {number} width @param {number} zoom @param {string} colour */
function hatch(context, truth, predicted, width, zoom, colour) {
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  for (let at = 0; at < truth.length; at++) {
    if (truth[at] === predicted[at]) continue;
    const [left, top] = [(at % width) * zoom, Math.floor(at / width) * zoom];
    context.moveTo(left, top + zoom);
    context.lineTo(left + zoom, top);
  }
  context.stroke();
}

/** The edges of the pixels of each class towards other classes, as lines in pixels; those towards a class of a lower
 * number are left to it.
 * @param {ArrayLike<number>} mask @param {number} height @param {number} width @param {number} ground
 * @returns {Map<number, [number, number, number, number][]>} */
export function outlines(mask, height, width, ground) {
  /** @type {Map<number, [number, number, number, number][]>} */
  const found = new Map();
  /** @param {number} here @param {number} beside @param {[number, number, number, number]} edge */
  const add = (here, beside, edge) => {
    if (here === beside) return;
    const own = here === ground || (beside !== ground && beside < here) ? beside : here;
    const edges = found.get(own) ?? [];
    edges.push(edge);
    found.set(own, edges);
  };
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const here = mask[row * width + column];
      if (column + 1 < width) add(here, mask[row * width + column + 1], [column + 1, row, column + 1, row + 1]);
      if (row + 1 < height) add(here, mask[(row + 1) * width + column], [column, row + 1, column + 1, row + 1]);
    }
  }
  return found;
}
