/** What a network replies, drawn as far as it is known. */

import { h } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { css, onTheme, palette } from "../canvas/colour.js";
import { sharp } from "../canvas/heatmap.js";
import { sizesOf } from "../api/shapes.js";
import { formatNumber, formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Lens } from "./lens.js";
import { LossByTime } from "./lossByTime.js";
import { className } from "./marks.js";
import { MasksCompared } from "./masksCompared.js";
import { Samples } from "./samplesReplied.js";
import { Shares } from "./shares.js";
import { Heard } from "./sound.js";
import { rangeOf, Strip } from "./strip.js";
import { StepsAgainstQuality } from "./stepsAgainstQuality.js";
import { StepTimes } from "./stepTimes.js";
import { NextToken } from "./nextToken.js";
import { leading } from "./surface.js";
import { Searched, Text, Translated } from "./textReplies.js";
import { HeadCompared } from "./withoutHead.js";
import { WordsApart } from "./wordsApart.js";

/** @typedef {import("./points.js").Preview} Preview */

const EDGE = 6; // pixels

/** @param {{beginning: string, parts: any[], preview: Preview}} props what the parts hold says how they are drawn */
export function Reply({ beginning, parts, preview }) {
  const [first] = parts;
  if ("tokens" in first) return h(MasksCompared, { parts });
  if ("layers" in first) return h(StepTimes, { parts });
  if ("read" in first) return h(Lens, { read: first.read, next: first.next, rows: parts.slice(1) });
  if ("source" in first) return h(Translated, { parts });
  if ("without" in first) return h(HeadCompared, { part: first });
  if ("heard" in first) return h(Sound, { part: first, preview });
  if ("next" in first) {
    return parts.map((part, at) => h(NextToken, { key: part.place ?? 0, part, number: at + 1, text: beginning }));
  }
  if ("shares" in first) return h(Reading, { parts, classes: preview.classes });
  if ("beams" in first) return h(Searched, { beginning, parts });
  if ("text" in first) return h(Text, { beginning, parts });
  if ("before" in first) return h(Series, { parts });
  if ("chance" in first) return h(StepsAgainstQuality, { parts, preview });
  if ("plain" in first) return h(LossByTime, { parts });
  const samples = parts.flatMap((part) => part.samples);
  return h(Samples, { samples, as: parts.flatMap((part) => part.as ?? []), preview });
}

/** @param {{parts: {before?: number[], value?: number | string}[]}} props */
function Series({ parts }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const before = parts[0]?.before ?? [];
  const values = parts.flatMap(({ value }) => (value === undefined ? [] : [Number(value)]));
  const draw = () => canvas.current && drawSeries(canvas.current, before, values);
  useLayoutEffect(() => void draw(), [parts]);
  useLayoutEffect(() => onTheme(draw), [parts]);
  const last = values.at(-1);
  return h(
    "figure",
    { class: "reply" },
    h("canvas", {
      ref: canvas,
      class: "series-strip tall",
      role: "img",
      "aria-label": t("views", "The series, and how the network goes on with it"),
    }),
    last !== undefined &&
      h(
        "figcaption",
        { class: "quiet" },
        t("views", "{count} values; the last is {value}", { count: values.length, value: formatNumber(last, 4) }),
      ),
  );
}

/** @param {HTMLCanvasElement} canvas @param {number[]} before @param {number[]} values */
function drawSeries(canvas, before, values) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const context = sharp(canvas, width, height);
  const all = [...before, ...values].filter(Number.isFinite);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const x = (/** @type {number} */ at) => (at / Math.max(before.length + values.length - 1, 1)) * width;
  const y = (/** @type {number} */ value) => height - EDGE - ((value - low) / (high - low || 1)) * (height - 2 * EDGE);
  const colours = palette();
  for (const [points, from, colour] of /** @type {[number[], number, string][]} */ ([
    [before, 0, css(colours.soft)],
    [[...before.slice(-1), ...values], before.length - 1, css(colours.pos)],
  ])) {
    context.strokeStyle = colour;
    context.lineWidth = 1.6;
    context.beginPath();
    points.forEach((value, at) => context.lineTo(x(from + at), y(value)));
    context.stroke();
  }
}

/** What the network hears of a sound, and what it holds that to be.
 * @param {{part: {heard: number[][], shares: Record<string, number>}, preview: Preview}} props */
function Sound({ part: { heard, shares }, preview }) {
  const [levels, shape] = [heard.flat(), sizesOf(preview.shape)];
  const [classes, likely] = [Object.keys(shares), Object.values(shares)];
  const first = leading(likely);
  const told = { name: className(classes, first), share: formatPercent(likely[first]) };
  return h(
    "figure",
    { class: "reply" },
    h("figcaption", null, t("views", "It holds this to be “{name}” ({share}). What it hears of the sound:", told)),
    h(Heard, { preview, levels, strip: h(Strip, { levels, shape, range: rangeOf(preview) }) }),
    h(Shares, { shares: likely, classes }),
  );
}

/** Each word, and what is held of the text up to it.
 * @param {{parts: ({text: string, shares: Record<string, number>} & import("./wordsApart.js").Apart)[],
 *   classes: string[]}} props */
function Reading({ parts, classes }) {
  const last = classes.length - 1;
  const { text: whole, left_out: leftOut, attention } = parts[parts.length - 1];
  const shown = classes[last];
  return h(
    "figure",
    { class: "reply" },
    h(
      "div",
      { class: "read-words" },
      parts.map(({ text, shares }) => {
        const share = Object.values(shares)[last];
        const strength = Math.round(Math.abs(share - 0.5) * 120);
        const colour = share > 0.5 ? "var(--pos)" : "var(--neg)";
        return h(
          "span",
          {
            key: text,
            style: { background: `color-mix(in srgb, ${colour} ${strength}%, transparent)` },
            title: `${shown} ${formatPercent(share)}`,
          },
          text.split(" ").at(-1),
          h("small", null, formatPercent(share)),
        );
      }),
    ),
    h(
      "figcaption",
      { class: "quiet" },
      t("views", "Under each word: how likely it holds “{name}” to be after having read so far.", { name: shown }),
    ),
    leftOut &&
      h(WordsApart, {
        words: whole.split(" "),
        leftOut: { ...leftOut, of: className(classes, Object.keys(parts[0].shares).indexOf(leftOut.of)) },
        attention,
      }),
  );
}
