/** uPlot behind three functions: create, update, destroy. */

import uPlot from "uplot";
import { formatNumber } from "../i18n/numbers.js";
import { options } from "./options.js";
import { join, thin } from "./traces.js";

/** @typedef {import("./traces.js").Trace} Trace */
/** @typedef {{x: number, title: string, kind: "command" | "infinite"}} ChartMark */
/** @typedef {{title: string, log: boolean}} ChartAxis */

/**
 * What a chart shows.
 * @typedef {object} Chart
 * @property {Trace[]} traces
 * @property {ChartMark[]} marks
 * @property {number} [cursor] the moment that the page looks back at, as an x
 * @property {ChartAxis} x
 * @property {ChartAxis & {low?: number, high?: number, written?: import("../i18n/numbers.js").Written}} y `low` and `high`
 *   are seen wherever the curve is near them
 * @property {(x: number) => string} formatX for the value under the pointer
 */

/**
 * @typedef {object} Plot
 * @property {HTMLElement} root
 * @property {HTMLElement} readout
 * @property {Chart} chart
 * @property {uPlot | null} uplot
 * @property {string} structure what uPlot was built for; other data go in without building it anew
 * @property {[number, number] | null} zoom range of x that was dragged
 * @property {() => void} release stops following size and theme
 * @property {(plot: Plot) => void} onView after zooming and each time the axis has moved
 */

const BEHIND = ["band", "batch"];

/**
 * An empty chart in `root`, which follows its size and the theme.
 * @param {HTMLElement} root
 * @param {(plot: Plot) => void} [onView]
 * @returns {Plot}
 */
export function create(root, onView = () => {}) {
  const readout = document.createElement("div");
  readout.className = "chart-readout";
  root.append(readout);
  const observer = new ResizeObserver(() => {
    const { width, height } = size(root);
    if (plot.uplot && width && height && (plot.uplot.width !== width || plot.uplot.height !== height)) {
      plot.uplot.setSize({ width, height });
      update(plot, plot.chart);
    } else if (!plot.uplot) update(plot, plot.chart);
  });
  const repaint = () => {
    plot.structure = ""; // the colours and the size of text are part of what uPlot was built with
    update(plot, plot.chart);
  };
  const theme = new MutationObserver(repaint);
  /** @type {Plot} */
  const plot = {
    root,
    readout,
    chart: {
      traces: [],
      marks: [],
      x: { title: "", log: false },
      y: { title: "", log: false },
      formatX: (x) => formatNumber(x),
    },
    uplot: null,
    structure: "",
    zoom: null,
    release() {
      observer.disconnect();
      theme.disconnect();
      dark.removeEventListener("change", repaint);
    },
    onView,
  };
  observer.observe(root);
  theme.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["data-theme", "data-size", "class", "lang"],
  });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", repaint);
  return plot;
}

/**
 * Shows `chart`. Costs the same however long its lines are: they are thinned to the pixels there are.
 * @param {Plot} plot
 * @param {Chart} chart
 */
export function update(plot, chart) {
  plot.chart = chart;
  const { width, height } = size(plot.root);
  if (!width || !height) return;
  const structure = JSON.stringify([
    chart.traces.map(({ key, line, weight, colour, title }) => [key, line, weight, colour, title]), // names need room
    chart.x,
    chart.y,
  ]);
  const [from, to] = range(plot);
  const view = { from, to, pixels: Math.max(width, 100), logX: chart.x.log, logY: chart.y.log };
  const behind = { ...view, pixels: view.pixels / 2 }; // what stands behind the lines need not be as sharp
  const lines = chart.traces.map(({ x, y, weight }) => thin(x, y, BEHIND.includes(weight) ? behind : view));
  const data = /** @type {uPlot.AlignedData} */ (join(lines));
  if (!plot.uplot || structure !== plot.structure) {
    plot.uplot?.destroy();
    plot.structure = structure;
    plot.uplot = new uPlot(options(plot, width, height, range, zoomTo), data, plot.root);
  } else {
    plot.uplot.setData(data);
  }
}

/** @param {Plot} plot */
export function destroy(plot) {
  plot.release();
  plot.uplot?.destroy();
  plot.readout.remove();
}

/**
 * Shows all of x again, or a part.
 * @param {Plot} plot
 * @param {[number, number] | null} zoom
 */
export function zoomTo(plot, zoom) {
  plot.zoom = zoom;
  update(plot, plot.chart);
  plot.onView(plot);
}

/**
 * The range of x that is shown.
 * @param {Plot} plot
 * @returns {[number, number]}
 */
export function range({ chart: { traces, x }, zoom }) {
  if (zoom) return zoom;
  let low = x.log ? Infinity : 0;
  let high = -Infinity;
  for (const trace of traces) {
    if (!trace.x.length) continue;
    const first = x.log ? (trace.x.find((value) => value > 0) ?? Infinity) : trace.x[0];
    low = Math.min(low, first);
    high = Math.max(high, trace.x[trace.x.length - 1]);
  }
  if (!(high > -Infinity) || !(low < Infinity)) return x.log ? [1, 10] : [0, 1];
  return high > low ? [low, high] : [low, x.log ? low * 10 : low + 1];
}

/** @param {HTMLElement} root */
function size(root) {
  return { width: Math.floor(root.clientWidth), height: Math.floor(root.clientHeight) };
}
