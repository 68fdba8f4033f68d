/** The plane of codes: where samples held back lie, and what the decoder draws at a point that is dragged. */

import { h } from "preact";
import { css, palette } from "../canvas/colour.js";
import { toPixel } from "../canvas/plane.js";
import { sentences, t } from "../i18n/t.js";
import { CodePoint } from "./codePoint.js";
import { Still } from "./filmstrip.js";
import { addMark, className, SIGNS } from "./marks.js";
import { useNewestFrame } from "./newestFrames.js";

/** @typedef {import("../live/frameFormat.js").Frame} Frame */
/** @typedef {import("../canvas/plane.js").View} View */

const LEAST = 3; // half the side of the plane of clouds, in standard deviations of the prior
const ROOM = 1.15; // beyond the outermost code
const RADIUS = 3; // pixels

/** @param {{source: import("./newestFrames.js").OneSource, preview: import("./points.js").Preview,
 *   run: import("../live/run.js").Run | null}} props */
export function CodePlane({ source, preview, run }) {
  const frame = useNewestFrame(source);
  if (!frame) return null;
  const { numbers, rest, classes } = /** @type {import("./codePoint.js").CodeSpace & {classes: number}} */ (
    /** @type {unknown} */ (frame.about)
  );
  const [first, second = first] = numbers.map((number) => String(number + 1));
  return h(
    "figure",
    { class: "code-plane" },
    h(
      "figcaption",
      { class: "quiet" },
      sentences(
        t("views", "The codes of samples held back: number {first} across, number {second} upwards.", { first, second }), // prettier-ignore
        frame.arrays.spread && t("views", "Each is a cloud; its ellipse reaches one standard deviation to each side."),
        t("views", "Drag the point: the decoder draws what it stands for."),
      ),
    ),
    h(CodePoint, { key: `${numbers}`, space: { numbers, rest }, view: viewOf(frame), classes, run, preview }, h(Still, { frame, paint: drawCodes })), // prettier-ignore
    frame.arrays.labels && h(Key, { classes: preview.classes }),
  );
}

/** Which mark is which class. @param {{classes: string[]}} props */
function Key({ classes }) {
  return h(
    "p",
    { class: "quiet plane-key" },
    classes.map((_, number) =>
      h(
        "span",
        { key: number },
        h("i", { class: `sign class-${number % SIGNS.length}`, "aria-hidden": "true" }, SIGNS[number % SIGNS.length]),
        className(classes, number),
      ),
    ),
  );
}

/** What is seen of the plane of codes: all samples; around 0 where they are clouds.
 * @param {Frame} frame @returns {View} */
export function viewOf({ arrays: { codes, spread } }) {
  const axes = [0, 1].map((axis) => {
    const numbers = spanOf(codes, axis).filter(Number.isFinite);
    const [low, high] = numbers.length > 0 ? [Math.min(...numbers), Math.max(...numbers)] : [0, 0];
    return spread
      ? { middle: 0, half: Math.max(LEAST, -low, high) }
      : { middle: (low + high) / 2, half: (high - low) / 2 };
  });
  const half = Math.max(...axes.map((axis) => axis.half)) * ROOM || 1;
  return { x: axes[0].middle, y: axes[1].middle, half };
}

/** The numbers of one axis; of a code of one number there is but one, drawn along the diagonal.
 * @param {import("../live/frameFormat.js").FrameArray} codes @param {number} axis @returns {number[]} */
function spanOf({ data, shape: [count, axes] }, axis) {
  return Array.from({ length: count }, (_, sample) => data[sample * axes + Math.min(axis, axes - 1)]);
}

/** @param {CanvasRenderingContext2D} context @param {number} size @param {Frame} frame */
function drawCodes(context, size, frame) {
  const { codes, spread, labels } = frame.arrays;
  const [view, colours] = [viewOf(frame), palette()];
  const [x, y] = [spanOf(codes, 0), spanOf(codes, 1)];
  const wide = spread && [spanOf(spread, 0), spanOf(spread, 1)];
  const unit = size / (2 * view.half);
  context.strokeStyle = css(colours.line);
  context.beginPath();
  const [left, top] = toPixel(view, size, 0, 0);
  context.moveTo(0, top);
  context.lineTo(size, top);
  context.moveTo(left, 0);
  context.lineTo(left, size);
  context.stroke();
  for (const [sample, across] of x.entries()) {
    const number = labels ? labels.data[sample] : 0;
    const colour = colours.classes[number % SIGNS.length];
    const [px, py] = toPixel(view, size, across, y[sample]);
    if (wide) {
      context.fillStyle = css(colour, 0.05);
      context.strokeStyle = css(colour, 0.4);
      context.beginPath();
      context.ellipse(px, py, wide[0][sample] * unit, wide[1][sample] * unit, 0, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    }
    context.fillStyle = css(colour);
    const mark = new Path2D();
    addMark(mark, number, px, py, RADIUS);
    context.fill(mark);
  }
}
