/** How a forecast goes on, fed with its own answers: beside what really came, the last value again, and a straight rule. */

import { h } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { css, onTheme, palette } from "../canvas/colour.js";
import { sharp } from "../canvas/heatmap.js";
import { languageTag } from "../i18n/language.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { useNewestFrame } from "./newestFrames.js";

const EDGE = 6; // pixels
const SHOWN = /** @type {const} */ (["truth", "last", "linear", "own"]); // the later ones over the earlier

/** @param {{source: import("./newestFrames.js").OneSource, experiment: any}} props */
export function Continuation({ source, experiment }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const frame = useNewestFrame(source);
  const draw = () => canvas.current && frame && drawLines(canvas.current, frame.arrays);
  useLayoutEffect(() => void draw(), [frame]);
  useLayoutEffect(() => onTheme(draw), [frame]);
  if (!frame) return null;
  const names = {
    truth: t("views", "what came"),
    own: t("views", "the network, fed by itself"),
    linear: t("views", "linear regression, fed by itself"),
    last: t("views", "the same as last"),
  };
  const off = (/** @type {keyof typeof names} */ name) => rmse(frame.arrays[name].data, frame.arrays.truth.data);
  return h(
    "figure",
    { class: "continuation" },
    h("canvas", {
      ref: canvas,
      class: "series-strip tall",
      role: "img",
      "aria-label": t("views", "The series, and how the network goes on with it"),
    }),
    frame.arrays.days && h(Dates, { frame, earliest: experiment?.dataset?.earliest }),
    h(
      "figcaption",
      null,
      SHOWN.map((name) =>
        h(
          "span",
          { key: name, class: `line-${name}` },
          names[name],
          name !== "truth" &&
            h("small", null, ` ${t("views", "RMSE {number}", { number: formatNumber(off(name), 3) })}`),
        ),
      ),
    ),
  );
}

const DAY = 86_400_000; // milliseconds

/** The dates of the first value, of the last that is known, and of the last that is told, under their places.
 * @param {{frame: import("../live/frameFormat.js").Frame, earliest: string}} props */
function Dates({ frame, earliest }) {
  const { days, past } = frame.arrays;
  const last = days.data.length - 1;
  const now = past.data.length - 1;
  const word = new Intl.DateTimeFormat(languageTag(), { dateStyle: "medium", timeZone: "UTC" });
  const told = (/** @type {number} */ at) => word.format(new Date(Date.parse(earliest) + days.data[at] * DAY));
  return h(
    "div",
    { class: "series-dates" },
    h("span", null, told(0)),
    h("span", { style: { left: `${(100 * now) / last}%` } }, told(now)),
    h("span", null, told(last)),
  );
}

/** @param {ArrayLike<number>} predicted @param {ArrayLike<number>} truth */
function rmse(predicted, truth) {
  let sum = 0;
  for (let at = 0; at < truth.length; at++) sum += (predicted[at] - truth[at]) ** 2;
  return Math.sqrt(sum / truth.length);
}

/** @param {HTMLCanvasElement} canvas @param {Record<string, import("../live/frameFormat.js").FrameArray>} arrays */
function drawLines(canvas, arrays) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const context = sharp(canvas, width, height);
  const { past, truth } = arrays;
  const known = [...past.data, ...truth.data];
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const room = (high - low || 1) * 0.15;
  const x = (/** @type {number} */ at) => (at / (known.length - 1)) * width;
  const y = (/** @type {number} */ value) =>
    height -
    EDGE -
    ((Math.max(low - room, Math.min(high + room, value)) - low + room) / (high - low + 2 * room)) * (height - 2 * EDGE);
  const colours = palette();
  const line = (
    /** @type {ArrayLike<number>} */ values,
    /** @type {number} */ from,
    /** @type {string} */ colour,
    wide = 1.4,
  ) => {
    context.strokeStyle = colour;
    context.lineWidth = wide;
    context.beginPath();
    for (let at = 0; at < values.length; at++) context.lineTo(x(from + at), y(values[at]));
    context.stroke();
  };
  const now = past.data.length;
  context.fillStyle = css(colours.line);
  context.fillRect(x(now - 1), 0, 1, height);
  line(past.data, 0, css(colours.soft), 2);
  const styles = {
    truth: css(colours.soft),
    last: css(colours.faint),
    linear: css(colours.neg),
    own: css(colours.pos),
  };
  for (const name of SHOWN) {
    context.setLineDash(name === "last" ? [3, 3] : []);
    line(arrays[name].data, now, styles[name], name === "truth" ? 2 : 1.4);
  }
  context.setLineDash([]);
}
