/** A chart as SVG text. Pure. */

import { formatAs, formatNumber } from "../i18n/numbers.js";
import { DASHES, FAINT, WIDTHS } from "./lines.js";
import { ticks } from "../canvas/ticks.js";
import { thin } from "./traces.js";

/** @typedef {import("./plot.js").Chart} Chart */

const MARGIN = { left: 64, top: 16, bottom: 44 };
const LEADING = 15; // pixels between two names at the ends of lines

/**
 * @param {Chart} chart
 * @param {object} how
 * @param {[number, number]} how.range of x
 * @param {number} how.width
 * @param {number} how.height
 * @param {number} how.names width of the names at the ends of lines
 * @param {(name: string) => string} how.colour
 * @param {string} how.font
 */
export function chartAsSvg(chart, { range: [from, to], width, height, names, colour, font }) {
  const { x, y, traces } = chart;
  const view = { from, to, pixels: width, logX: x.log, logY: y.log };
  const lines = traces.map((trace) => ({ trace, ...thin(trace.x, trace.y, view) }));
  const values = lines.flatMap((line) => line.y).filter((value) => value !== null);
  const [low, high] = padded(Math.min(...values), Math.max(...values), y.log);
  const inner = { width: width - MARGIN.left - names - 14, height: height - MARGIN.top - MARGIN.bottom };
  const across = scale(from, to, x.log, MARGIN.left, inner.width);
  const up = scale(low, high, y.log, MARGIN.top + inner.height, -inner.height);
  const parts = [`<rect width="${width}" height="${height}" fill="${colour("ground")}"/>`];
  for (const tick of ticks(low, high, 5, y.log)) {
    const at = up(tick).toFixed(1);
    parts.push(`<path d="M${MARGIN.left} ${at}h${inner.width}" stroke="${colour("grid")}"/>`);
    parts.push(text(MARGIN.left - 8, Number(at) + 4, formatAs(y.written, tick), "end"));
  }
  for (const tick of ticks(from, to, 5, x.log))
    parts.push(text(across(tick), height - 26, formatNumber(tick), "middle"));
  parts.push(text(MARGIN.left + inner.width / 2, height - 8, x.title, "middle"));
  parts.push(
    `<g transform="translate(14 ${MARGIN.top + inner.height / 2}) rotate(-90)">${text(0, 0, y.title, "middle")}</g>`,
  );
  /** @type {{at: number, x: number, title: string, dot: string}[]} */
  const ends = [];
  for (const { trace, x: xs, y: ys } of lines) {
    if (trace.weight === "band") continue;
    parts.push(
      `<path fill="none" stroke="${colour(trace.colour ?? trace.weight)}" stroke-width="${WIDTHS[trace.weight]}"` +
        (trace.colour && trace.weight === "faint" ? ` stroke-opacity="${FAINT}"` : "") +
        ` stroke-dasharray="${DASHES[trace.line].join(" ")}" stroke-linejoin="round" d="${path(xs, ys, across, up)}"/>`,
    );
    const last = ys.findLastIndex((value) => value !== null);
    if (trace.label && last >= 0) {
      const at = up(/** @type {number} */ (ys[last]));
      const dot = `<circle cx="${across(xs[last]).toFixed(1)}" cy="${at.toFixed(1)}" r="3" fill="${colour(trace.colour ?? trace.weight)}"/>`;
      ends.push({ at, x: across(xs[last]), title: trace.title, dot });
    }
  }
  ends.sort((a, b) => a.at - b.at);
  ends.forEach((end, i) => {
    if (i) end.at = Math.max(end.at, ends[i - 1].at + LEADING);
    parts.push(end.dot, text(end.x + 8, end.at + 4, end.title, "start"));
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"` +
    ` font-family="${escaped(font)}" font-size="12" fill="${colour("text")}">${parts.join("")}</svg>`
  );
}

/**
 * @param {number[]} xs
 * @param {(number | null)[]} ys
 * @param {(value: number) => number} across
 * @param {(value: number) => number} up
 */
function path(xs, ys, across, up) {
  let pen = "M";
  let drawn = "";
  xs.forEach((x, i) => {
    const y = ys[i];
    if (y === null) pen = "M";
    else {
      drawn += `${pen}${across(x).toFixed(1)} ${up(y).toFixed(1)}`;
      pen = "L";
    }
  });
  return drawn;
}

/**
 * @param {number} low
 * @param {number} high
 * @param {boolean} log
 * @param {number} start
 * @param {number} length
 * @returns {(value: number) => number}
 */
function scale(low, high, log, start, length) {
  const place = log ? Math.log : (/** @type {number} */ value) => value;
  return (value) => start + ((place(value) - place(low)) / (place(high) - place(low))) * length;
}

/**
 * @param {number} low
 * @param {number} high
 * @param {boolean} log
 */
function padded(low, high, log) {
  if (!Number.isFinite(low)) return [log ? 0.1 : 0, 1];
  if (log) return [low / 1.15, high * 1.15];
  const pad = (high - low || Math.abs(high) || 1) * 0.06;
  return [low - pad, high + pad];
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} words
 * @param {"start" | "middle" | "end"} anchor
 */
const text = (x, y, words, anchor) =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${escaped(words)}</text>`;

/** @param {string} words */
const escaped = (words) => words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
