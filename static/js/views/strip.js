/** A series as a strip: a line for each channel over its moments; of many channels a map, the first at the bottom. */

import { h } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { classColour, css, onTheme, paintMap, palette } from "../canvas/colour.js";
import { sharp } from "../canvas/heatmap.js";

/** @typedef {import("./points.js").Preview} Preview */

const EDGE = 3; // pixels above and below the line
const MOST_LINES = 4; // channels
/** @type {WeakMap<Preview, [number, number]>} */
const known = new WeakMap();

/** The lowest and highest number of the samples, so that strips can be compared. @param {Preview} preview
 * @returns {[number, number]} */
export function rangeOf(preview) {
  let range = known.get(preview);
  if (!range) {
    range = [Infinity, -Infinity];
    for (const levels of preview.raw) {
      for (const level of levels.flat(2)) range = [Math.min(range[0], level), Math.max(range[1], level)];
    }
    if (!(range[0] < range[1])) range = [range[0] - 1, range[0] + 1];
    known.set(preview, range);
  }
  return range;
}

/** @param {{levels: ArrayLike<number>, shape: number[], range: [number, number], own?: number}} props
 *   `own` is the number of the class whose colour the line has */
export function Strip({ levels, shape, range, own }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const latest = useRef(/** @type {any} */ (null));
  latest.current = { levels, shape, range, own };
  const paint = () => {
    if (!canvas.current) return;
    const { clientWidth: width, clientHeight: height } = canvas.current;
    const colour = latest.current.own === undefined ? css(palette().soft) : classColour(latest.current.own);
    drawSeries(sharp(canvas.current, width, height), { ...latest.current, colour, left: 0, top: 0, width, height });
  };
  useLayoutEffect(paint, [levels, own, range[0], range[1]]);
  useLayoutEffect(() => {
    const watcher = new ResizeObserver(paint);
    if (canvas.current) watcher.observe(canvas.current);
    const stop = onTheme(paint);
    return () => (watcher.disconnect(), stop());
  }, []);
  return h("canvas", {
    ref: canvas,
    class: `series-strip${shape[0] > MOST_LINES ? " bands" : ""}`,
    "aria-hidden": "true",
  });
}

/** @typedef {{levels: ArrayLike<number>, shape: number[], range: [number, number], colour: string, left: number,
 *   top: number, width: number, height: number}} Scene */

/** Draws a series into a box; several channels share it, the later ones fainter.
 * @param {CanvasRenderingContext2D} context @param {Scene} scene */
export function drawSeries(context, scene) {
  const { levels, range, colour, left, top, width, height } = scene;
  const [channels, length] = scene.shape;
  if (channels > MOST_LINES) return drawBands(context, scene);
  const [low, high] = range;
  const y = (/** @type {number} */ level) => top + height - EDGE - ((level - low) / (high - low)) * (height - 2 * EDGE);
  if (low < 0 && high > 0) {
    context.strokeStyle = css(palette().line);
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(left, y(0));
    context.lineTo(left + width, y(0));
    context.stroke();
  }
  context.strokeStyle = colour;
  context.lineWidth = 1.4;
  context.lineJoin = "round";
  for (let channel = 0; channel < channels; channel++) {
    context.globalAlpha = 1 - (0.6 * channel) / channels;
    context.beginPath();
    for (let at = 0; at < length; at++) {
      context.lineTo(left + (at / Math.max(1, length - 1)) * width, y(levels[channel * length + at]));
    }
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene */
function drawBands(context, { levels, shape: [channels, length], range, left, top, width, height }) {
  const [low, high] = [Math.min(range[0], 0), range[1]];
  const codes = new Uint8Array(channels * length);
  for (let at = 0; at < codes.length; at++) {
    const row = channels - 1 - Math.floor(at / length);
    codes[at] = Math.round(((levels[row * length + (at % length)] - low) / (high - low)) * 255);
  }
  const map = document.createElement("canvas");
  paintMap(map, codes, [channels, length], { kind: "diverging", low, high });
  context.imageSmoothingEnabled = false;
  context.drawImage(map, left, top, width, height);
}
