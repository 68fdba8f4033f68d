/** How uPlot is set up for a chart: axes, line styles, the pointer. */

import { formatAs } from "../i18n/numbers.js";
import { drawAxisTitle, drawCursor, drawLabels, drawMarks } from "./labels.js";
import { DASHES, FAINT, RUNS, WIDTHS } from "./lines.js";
import { nearest, readOut } from "./readout.js";
import { textScale } from "../canvas/textScale.js";
import { ticks } from "../canvas/ticks.js";

/** @typedef {import("./plot.js").Plot} Plot */
/** @typedef {import("uplot")} uPlot */

const FONT = 12; // pixels at the usual size of text; uPlot reads whole ones only
const NARROW = 480; // pixels; below, the lines' names stand nearer
const [ROOM, MOST_ROOM] = [92, 0.34]; // for the names of lines: pixels at least, and the share of the width at most
const SMALLEST_DRAG = 6; // pixels; less is a click

/**
 * @param {Plot} plot
 * @param {number} width
 * @param {number} height
 * @param {(plot: Plot) => [number, number]} range
 * @param {(plot: Plot, zoom: [number, number] | null) => void} zoomTo
 * @returns {uPlot.Options}
 */
export function options(plot, width, height, range, zoomTo) {
  const { traces, x, y } = plot.chart;
  const scale = textScale();
  const font = `${Math.round(FONT * scale)}px ${getComputedStyle(plot.root).fontFamily}`;
  const colour = colours(plot.root);
  const axis = { stroke: colour("text"), font, labelFont: font, ticks: { show: false }, labelSize: 18 * scale, labelGap: 0 }; // prettier-ignore
  const grid = { stroke: colour("grid"), width: 1 };
  return {
    width,
    height,
    legend: { show: false },
    padding: [10, width < NARROW ? 22 : roomFor(traces, width, scale), 0, 0],
    scales: {
      x: { time: false, distr: x.log ? 3 : 1, range: () => range(plot) },
      y: { distr: y.log ? 3 : 1, range: y.log ? logRange : (_, low, high) => linearRange(low, high, y) },
    },
    axes: [
      {
        ...axis,
        size: 24 * scale,
        gap: 4,
        space: 64 * scale,
        grid: { show: false },
        values: numbers(),
        splits: splits(x.log, width / (90 * scale)),
      }, // its title: drawLabels
      {
        ...axis,
        label: y.title,
        size: 52 * scale,
        gap: 6,
        grid,
        values: numbers(y.written),
        splits: splits(y.log, height / (30 * scale)),
      },
    ],
    bands: traces.flatMap((trace, i) =>
      trace.weight === "band" && traces[i - 1]?.weight === "band"
        ? [{ series: /** @type {[number, number]} */ ([i + 1, i]), fill: colour("band") }]
        : [],
    ),
    series: [
      {},
      ...traces.map(({ line, weight, colour: own }) => ({
        stroke: colour(own ?? (weight === "band" ? "faint" : weight)),
        alpha: own && weight === "faint" ? FAINT : 1,
        width: WIDTHS[weight],
        dash: DASHES[line],
        points: { show: false },
        auto: weight !== "band", // one wild batch must not press all lines flat
      })),
    ],
    cursor: {
      y: false,
      points: { show: (_, i) => (plot.chart.traces[i - 1]?.label ? dot() : /** @type {any} */ (null)), size: 7 },
      drag: { x: true, y: false, setScale: false },
      dataIdx: nearest,
      bind: { dblclick: () => () => (zoomTo(plot, null), null) },
    },
    hooks: {
      setSelect: [
        (u) => {
          const { left, width: wide } = u.select;
          if (wide < SMALLEST_DRAG) return;
          u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          zoomTo(plot, [u.posToVal(left, "x"), u.posToVal(left + wide, "x")]);
        },
      ],
      setCursor: [(u) => readOut(plot, u)],
      draw: [
        (u) => {
          drawMarks(plot, u, colour, font);
          drawCursor(plot, u, colour);
          drawAxisTitle(plot, u, colour, font);
          drawLabels(plot, u, colour, font);
          plot.onView(plot);
          readOut(plot, u);
        },
      ],
    },
  };
}

/** The width that the names at the ends of the lines want, in pixels.
 * @param {import("./traces.js").Trace[]} traces @param {number} width of the chart @param {number} [scale] of text */
export function roomFor(traces, width, scale = 1) {
  const widths = traces.filter(({ label }) => label).map(({ title }) => [...title].reduce((sum, sign) => sum + (sign > "\u2e80" ? 12.5 : 6.4), 14)); // prettier-ignore
  return Math.max(ROOM * scale, Math.min(MOST_ROOM * width, Math.max(...widths) * scale));
}

/**
 * Gives the colours of css/charts.css as a canvas understands them: `light-dark()` is resolved on an element.
 * @param {HTMLElement} root
 * @returns {(name: string) => string}
 */
export function colours(root) {
  const probe = document.createElement("i");
  probe.style.setProperty("forced-color-adjust", "none"); // else every colour is that of text
  probe.hidden = true;
  root.append(probe);
  /** @type {Record<string, string>} */
  const found = {};
  for (const name of ["strong", "plain", "faint", "batch", "band", "text", "grid", "mark", "ground", ...RUNS]) {
    probe.style.color = `var(--chart-${name}, var(--${name}))`;
    found[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return (name) => found[name] ?? found.text;
}

/**
 * @param {import("../i18n/numbers.js").Written} [written]
 * @returns {(u: uPlot, splits: (number | null)[]) => string[]}
 */
const numbers = (written) => (_, splits) => splits.map((value) => (value === null ? "" : formatAs(written, value)));

/**
 * @param {boolean} log
 * @param {number} count
 * @returns {uPlot.Axis.Splits}
 */
const splits = (log, count) => (_, __, low, high) => ticks(low, high, Math.floor(count), log);

/**
 * @param {number | null} low
 * @param {number | null} high
 * @param {{low?: number, high?: number}} y
 * @returns {[number, number]}
 */
function linearRange(low, high, y) {
  if (low === null || high === null) return [y.low ?? 0, y.high ?? 1];
  const pad = (high - low || Math.abs(high) || 1) * 0.08;
  const bottom = low - pad;
  const top = high + pad;
  return [
    y.low !== undefined && bottom < y.low + (top - bottom) * 0.3 ? Math.min(y.low, low) : bottom,
    y.high !== undefined && top > y.high ? Math.max(y.high, high) + (y.high - bottom) * 0.02 : top,
  ];
}

/**
 * @param {uPlot} _
 * @param {number | null} low
 * @param {number | null} high
 * @returns {[number, number]}
 */
function logRange(_, low, high) {
  if (low === null || high === null || low <= 0) return [0.1, 1];
  if (high / low < 1.5) return [low / 1.5, high * 1.5];
  return [low / 1.15, high * 1.15];
}

function dot() {
  const point = document.createElement("div");
  point.className = "chart-dot";
  return point;
}
