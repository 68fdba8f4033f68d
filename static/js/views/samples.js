/** Samples with the network's answers: each with the class it is taken for; numbers against what was predicted. */

import { h } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { sizesOf, sizeOf } from "../api/shapes.js";
import { css, onTheme, palette } from "../canvas/colour.js";
import { sharp } from "../canvas/heatmap.js";
import { ticks } from "../canvas/ticks.js";
import { formatNumber, formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { useNewestFrame } from "./newestFrames.js";
import { className } from "./marks.js";
import { onPaper, Picture } from "./pictures.js";
import { isSeries } from "./points.js";
import { answersOver, sharesOf } from "./shares.js";
import { hear, HearingNote } from "./sound.js";
import { rangeOf, Strip } from "./strip.js";
import { hasTokens, TokenStrip } from "./tokenStrip.js";
import { leading } from "./surface.js";

/** @typedef {import("./points.js").Preview} Preview */
/** @typedef {import("../live/frameFormat.js").Frame} Frame */

const SMALL = 16; // pixels
const SHORT = 2; // letters

/** How much room each sample of a grid wants. @param {Preview} preview */
export function gridOf(preview) {
  if (isSeries(preview) || hasTokens(preview)) return "wide";
  return (sizeOf(preview.shape, "height") ?? 0) > SMALL || preview.classes.some((name) => name.length > SHORT)
    ? "roomy"
    : "";
}

/** The probe's samples, pictures or series, each with the network's answer; the chosen one can be changed.
 * @param {{source: import("./newestFrames.js").OneSource, preview: Preview, sample: number | null, onSample?: (sample: number) => void}} props */
export function SampleAnswers({ source, preview, sample, onSample }) {
  const frame = answersOver(useNewestFrame(source), preview);
  if (!frame) return null;
  const { raw, targets } = frame.arrays;
  const [count, size] = raw.shape;
  const list = Array.from({ length: count }, (_, at) => {
    const shares = sharesOf(frame, at, preview.classes) ?? [];
    const answer = leading(shares);
    return { at, answer, share: shares[answer], truth: targets.data[at] };
  });
  const right = list.filter((answered) => answered.answer === answered.truth).length;
  const levels = (/** @type {number} */ at) => raw.data.subarray(at * size, (at + 1) * size);
  const light = { white: 1, paper: onPaper(preview) };
  const shape = sizesOf(preview.shape);
  return h(
    "div",
    { class: "picture-answers" },
    h(
      "p",
      { class: "quiet" },
      t("views", "{right} of these {count} samples are recognised.", { right: String(right), count: String(count) }),
    ),
    h(HearingNote, { preview }),
    h(
      "div",
      { class: `picture-grid ${gridOf(preview)}` },
      list.map(({ at, answer, share, truth }) =>
        h(
          "button",
          {
            key: at,
            type: "button",
            class: `picture-answer${answer === truth ? "" : " wrong"}${at === sample ? " chosen" : ""}`,
            title: t("views", "Is {truth}, taken for {answer} ({share})", {
              truth: className(preview.classes, truth),
              answer: className(preview.classes, answer),
              share: formatPercent(share, 0),
            }),
            "aria-pressed": at === sample,
            onClick: () => {
              hear(preview, levels(at));
              onSample?.(at);
            },
          },
          hasTokens(preview)
            ? h(TokenStrip, { tokens: levels(at), preview })
            : isSeries(preview)
              ? h(Strip, { levels: levels(at), shape, range: rangeOf(preview), own: truth })
              : h(Picture, { levels: levels(at), shape, light }),
          h("span", null, answer === truth ? "" : "✗ ", className(preview.classes, answer)),
        ),
      ),
    ),
  );
}

/** Predicted against true numbers of the probe's samples; the nearer the diagonal the better.
 * @param {{source: import("./newestFrames.js").OneSource, preview: Preview}} props */
export function PredictedTrue({ source, preview }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const frame = answersOver(useNewestFrame(source), preview);
  const draw = () => canvas.current && frame && drawScatter(canvas.current, frame);
  useLayoutEffect(() => void draw(), [frame]);
  useLayoutEffect(() => onTheme(draw), [frame]);
  const label = t("views", "Predicted against true numbers; on the diagonal they are equal");
  return h("canvas", { class: "line-view", ref: canvas, role: "img", "aria-label": label });
}

/** @param {HTMLCanvasElement} canvas @param {Frame} frame */
function drawScatter(canvas, frame) {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const context = sharp(canvas, width, height);
  const colours = palette();
  const [truth, answers] = [Array.from(frame.arrays.targets.data), Array.from(frame.arrays.outputs.data)];
  const low = Math.min(...truth);
  const high = Math.max(...truth);
  const room = (high - low || 1) * 0.08;
  const [from, to] = [low - room, high + room];
  const left = (/** @type {number} */ x) => 40 + ((x - from) / (to - from)) * (width - 48);
  const top = (/** @type {number} */ y) => height - 32 - ((y - from) / (to - from)) * (height - 40);
  context.font = `11px ${getComputedStyle(canvas).fontFamily}`;
  context.fillStyle = css(colours.faint);
  context.strokeStyle = css(colours.line);
  for (const tick of ticks(from, to, 5)) {
    context.beginPath();
    context.moveTo(40, top(tick));
    context.lineTo(width - 8, top(tick));
    context.stroke();
    context.textAlign = "right";
    context.fillText(formatNumber(tick), 35, top(tick) + 4);
    context.textAlign = "center";
    context.fillText(formatNumber(tick), left(tick), height - 18);
  }
  context.fillText(t("views", "true"), width / 2, height - 4);
  context.save();
  context.translate(9, height / 2);
  context.rotate(-Math.PI / 2);
  context.fillText(t("views", "predicted"), 0, 0);
  context.restore();
  context.strokeStyle = css(colours.faint);
  context.setLineDash([4, 4]);
  context.beginPath();
  context.moveTo(left(from), top(from));
  context.lineTo(left(to), top(to));
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = css(colours.pos);
  context.strokeStyle = css(colours.panel);
  truth.forEach((x, at) => {
    context.beginPath();
    context.arc(left(x), Math.max(6, Math.min(height - 34, top(answers[at]))), 4, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  });
}
