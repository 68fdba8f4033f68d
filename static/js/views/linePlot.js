/** The picture of one input and one number: samples, the true curve, the network's, and where nothing was learned. */

import { css, palette } from "../canvas/colour.js";
import { sharp } from "../canvas/heatmap.js";
import { ticks } from "../canvas/ticks.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";

/** @typedef {import("./points.js").Preview} Preview */
/** @typedef {import("../live/frameFormat.js").Frame} Frame */

export const EDGE = { left: 34, right: 8, top: 8, bottom: 22 };

/** @param {HTMLCanvasElement} canvas @param {Frame | undefined} frame
 * @param {{preview: Preview, splits: ReadonlySet<number>, pointer: number | null}} scene */
export function drawPlot(canvas, frame, { preview, splits, pointer }) {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const context = sharp(canvas, width, height);
  const colours = palette();
  const [low, high] = rangeOf(frame, preview);
  const values = [...preview.targets, ...(preview.truth?.y ?? [])];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = (most - least || 1) * 0.18;
  const left = (/** @type {number} */ x) => EDGE.left + ((x - low) / (high - low)) * (width - EDGE.left - EDGE.right);
  const top = (/** @type {number} */ y) =>
    height - EDGE.bottom - ((y - least + room) / (most - least + 2 * room)) * (height - EDGE.top - EDGE.bottom);
  drawGround(context, { left, top, width, height, low, high, least: least - room, most: most + room, preview });
  context.save();
  context.beginPath();
  context.rect(EDGE.left, EDGE.top, width - EDGE.left - EDGE.right, height - EDGE.top - EDGE.bottom);
  context.clip();
  if (preview.truth) {
    stroke(
      context,
      preview.truth.x.map((x, at) => [left(x), top(preview.truth?.y[at] ?? 0)]),
      css(colours.faint),
      1.5,
      [3, 4],
    );
  }
  for (const [row, [x]] of preview.raw.entries()) {
    const split = preview.split[row];
    if (!splits.has(split)) continue;
    context.beginPath();
    context.arc(left(x), top(preview.targets[row]), 3.2, 0, 2 * Math.PI);
    context.fillStyle = split === 1 ? css(colours.panel) : css(colours.soft);
    context.strokeStyle = split === 0 ? css(colours.panel) : css(colours.ink);
    context.lineWidth = 1.25;
    context.fill();
    context.stroke();
  }
  const output = frame?.arrays.output;
  if (frame && output && frame.about.domain === "line") {
    const count = output.shape[1];
    const points = Array.from({ length: count }, (_, at) => [
      left(low + (at / (count - 1)) * (high - low)),
      top(output.data[at]),
    ]);
    stroke(context, points, css(colours.pos), 3, []);
  }
  const answer = pointer === null ? null : answerOn(frame, pointer);
  if (pointer !== null && answer !== null) {
    stroke(
      context,
      [
        [left(pointer), EDGE.top],
        [left(pointer), height - EDGE.bottom],
      ],
      css(colours.faint),
      1,
      [],
    );
    context.beginPath();
    context.arc(left(pointer), top(answer), 5, 0, 2 * Math.PI);
    context.fillStyle = css(colours.pos);
    context.fill();
  }
  context.restore();
}

/** Axes, and the shade over what lies outside the samples.
 * @param {CanvasRenderingContext2D} context @param {any} plot */
function drawGround(context, { left, top, width, height, low, high, least, most, preview }) {
  const colours = palette();
  const font = getComputedStyle(context.canvas).fontFamily;
  context.font = `11px ${font}`;
  context.fillStyle = css(colours.faint);
  context.strokeStyle = css(colours.line);
  context.lineWidth = 1;
  context.textBaseline = "middle";
  context.textAlign = "right";
  for (const y of ticks(least, most, 5)) {
    stroke(
      context,
      [
        [EDGE.left, top(y)],
        [width - EDGE.right, top(y)],
      ],
      css(colours.line),
      1,
      [],
    );
    context.fillText(formatNumber(y), EDGE.left - 5, top(y));
  }
  context.textAlign = "center";
  for (const x of ticks(low, high, 6)) context.fillText(formatNumber(x), left(x), height - EDGE.bottom + 11);
  if (!preview.domain) return;
  const words = t("views", "not learned here");
  for (const [from, to] of [
    [low, preview.domain[0]],
    [preview.domain[1], high],
  ]) {
    if (to - from < 1e-9) continue;
    context.fillStyle = css(colours.ink, 0.06);
    context.fillRect(left(from), EDGE.top, left(to) - left(from), height - EDGE.top - EDGE.bottom);
    context.fillStyle = css(colours.soft);
    if (left(to) - left(from) > context.measureText(words).width + 4) {
      context.fillText(words, (left(from) + left(to)) / 2, EDGE.top + 10);
    }
  }
}

/** @param {CanvasRenderingContext2D} context @param {number[][]} points @param {string} colour @param {number} width
 * @param {number[]} dash */
function stroke(context, points, colour, width, dash) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.setLineDash(dash);
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.stroke();
  context.setLineDash([]);
}

/** @param {Frame | undefined} frame @param {Preview} preview @returns {[number, number]} */
export function rangeOf(frame, preview) {
  return frame?.about.range ?? preview.range ?? [0, 1];
}

/** @param {Frame | undefined} frame @param {number} x @returns {number | null} the answer at the nearest point of the curve */
export function answerOn(frame, x) {
  const output = frame?.arrays.output;
  if (!frame || !output || frame.about.domain !== "line") return null;
  const [low, high] = frame.about.range;
  const count = output.shape[1];
  return output.data[Math.max(0, Math.min(count - 1, Math.round(((x - low) / (high - low)) * (count - 1))))];
}
