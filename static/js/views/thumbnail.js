/** The small picture of a dataset, by which it is chosen: points, a curve, pictures, masks or series. */

import { h } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { sizesOf, sizeOf } from "../api/shapes.js";
import { css, divergingRgb, onTheme, palette } from "../canvas/colour.js";
import { forget, redraw } from "../canvas/frameLoop.js";
import { sharp } from "../canvas/heatmap.js";
import { addMark } from "./marks.js";
import { paintMasked } from "./masked.js";
import { onPaper, paintLevels } from "./pictures.js";
import { addRing, isPicture, isSeries, limitOf } from "./points.js";
import { drawSeries, rangeOf } from "./strip.js";
import { hasTokens, tokenName } from "./tokenStrip.js";

/** @typedef {import("./points.js").Preview} Preview */

const MOST_DOTS = 300;
const LARGE = 16; // pixels; of larger pictures fewer are shown
const STRIPS = 4;
const LINES = 5; // of tokens

/** The small picture of a dataset, for choosing it.
 * @param {{preview: Preview, size?: number}} props `size` in CSS pixels */
export function Thumbnail({ preview, size = 56 }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useLayoutEffect(() => {
    const draw = () => {
      if (!canvas.current) return undefined;
      const { clientWidth, clientHeight } = canvas.current;
      return () => canvas.current && drawThumbnail(canvas.current, preview, clientWidth || 64, clientHeight);
    };
    redraw(draw);
    const stop = onTheme(() => redraw(draw));
    return () => {
      stop();
      forget(draw);
    };
  }, [preview]);
  return h("canvas", {
    ref: canvas,
    class: "thumbnail",
    style: { width: `${size}px`, height: `${size}px` },
    "aria-hidden": "true",
  });
}

/** Nothing but the first few hundred samples.
 * @param {HTMLCanvasElement} canvas @param {Preview} preview @param {number} size its width in CSS pixels @param {number} height */
function drawThumbnail(canvas, preview, size, height) {
  const context = sharp(canvas, size, height || size);
  if (isPicture(preview)) return drawPictures(context, size, preview);
  if (isSeries(preview)) return drawStrips(context, size, preview);
  if (hasTokens(preview)) return drawTokens(context, size, preview);
  if (preview.group === "line") return drawLine(context, size, preview);
  const rows = preview.raw.slice(0, MOST_DOTS);
  const [x, y, scale] = preview.group === "table" ? spread(rows) : [0, 0, 1];
  const unit = size / 12.6;
  const limit = limitOf(preview);
  for (const [row, values] of rows.entries()) {
    const second = preview.group === "table" ? (values[2] ?? values[1]) : values[1];
    const target = preview.targets[row];
    const colour = limit === null ? palette().classes[target % 10] : divergingRgb(palette(), target / limit);
    context.fillStyle = css(colour);
    context.beginPath();
    addMark(context, 0, size / 2 + (values[0] - x) * scale * unit, size / 2 - (second - y) * scale * unit, size / 40);
    context.fill();
  }
}

/** The middle of two columns of a table and the factor that makes them fit. @param {number[][]} raw */
function spread(raw) {
  const middle = (/** @type {(row: number[]) => number} */ pick) => {
    const sorted = raw.map(pick).sort((a, b) => a - b);
    return [(sorted[0] + sorted[sorted.length - 1]) / 2, sorted[sorted.length - 1] - sorted[0]];
  };
  const [[x, wide], [y, tall]] = [middle((row) => row[0]), middle((row) => row[2] ?? row[1])];
  return [x, y, 11 / (Math.max(wide, tall) || 1)];
}

/** @param {CanvasRenderingContext2D} context @param {number} size @param {Preview} preview */
function drawLine(context, size, preview) {
  const truth = preview.truth ?? { x: [], y: [] };
  const ys = [...truth.y, ...preview.targets];
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const [from, to] = preview.range ?? [0, 1];
  const left = (/** @type {number} */ x) => ((x - from) / (to - from)) * size;
  const top = (/** @type {number} */ y) => size - 4 - ((y - low) / (high - low || 1)) * (size - 8);
  context.strokeStyle = css(palette().faint);
  context.lineWidth = 1.5;
  context.beginPath();
  for (const [at, x] of truth.x.entries()) context.lineTo(left(x), top(truth.y[at]));
  context.stroke();
  context.fillStyle = css(palette().pos);
  context.beginPath();
  for (const [row, [x]] of preview.raw.slice(0, 120).entries())
    addRing(context, left(x), top(preview.targets[row]), 1.6);
  context.fill();
}

/** @param {CanvasRenderingContext2D} context @param {number} size @param {Preview} preview */
function drawPictures(context, size, preview) {
  const height = sizeOf(preview.shape, "height") ?? 1;
  const side = height > LARGE ? 2 : 3;
  const small = document.createElement("canvas");
  const light = { white: 255, paper: onPaper(preview) };
  const cell = size / side;
  context.imageSmoothingEnabled = height > LARGE;
  for (let at = 0; at < Math.min(side * side, preview.raw.length); at++) {
    paintSample(small, preview, at, light);
    context.drawImage(small, (at % side) * cell + 1, Math.floor(at / side) * cell + 1, cell - 2, cell - 2);
  }
}

/** One sample of a preview as a picture, under its mask where it has one.
 * @param {HTMLCanvasElement} canvas @param {Preview} preview @param {number} at @param {import("./pictures.js").Light} light */
function paintSample(canvas, { raw, targets, shape: told, classes }, at, light) {
  const shape = sizesOf(told);
  const mask = targets[at];
  if (!Array.isArray(mask)) return paintLevels(canvas, raw[at], shape, light);
  const truth = mask.flat();
  paintMasked(canvas, { levels: raw[at], shape, light, truth, predicted: truth, classes });
}

/** The first samples as lines of text, each in the colour of its class.
 * @param {CanvasRenderingContext2D} context @param {number} size @param {Preview} preview */
function drawTokens(context, size, { raw, targets, classes, vocabulary = [] }) {
  const height = size / LINES;
  context.font = `${height * 0.8}px ${getComputedStyle(context.canvas).fontFamily}`;
  context.textBaseline = "middle";
  const between = vocabulary.every((token) => [...token].length <= 1) ? "" : " ";
  for (const [at, tokens] of raw.slice(0, LINES).entries()) {
    const own = classes.length > 0 && !Array.isArray(targets[at]); // not a label at each place
    context.fillStyle = css(own ? palette().classes[Number(targets[at]) % 10] : palette().soft);
    context.fillText(tokens.map((token) => tokenName(vocabulary, token)).join(between), 1, (at + 0.5) * height);
  }
}

/** A line for each of the first samples, one below the other, in the colour of its class where it has one.
 * @param {CanvasRenderingContext2D} context @param {number} size @param {Preview} preview */
function drawStrips(context, size, preview) {
  const height = size / STRIPS;
  const range = rangeOf(preview);
  for (let at = 0; at < Math.min(STRIPS, preview.raw.length); at++) {
    const colour = css(preview.classes.length ? palette().classes[Number(preview.targets[at]) % 10] : palette().soft);
    const levels = preview.raw[at].flat();
    drawSeries(context, {
      levels,
      shape: sizesOf(preview.shape),
      range,
      colour,
      left: 0,
      top: at * height,
      width: size,
      height,
    });
  }
}
