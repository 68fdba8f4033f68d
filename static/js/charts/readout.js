/** The values under the pointer, in one line above the curves. */

import { formatNumber } from "../i18n/numbers.js";

/** @typedef {import("./plot.js").Plot} Plot */
/** @typedef {import("uplot")} uPlot */

const NEAR = 5; // pixels within which a mark tells its title

/**
 * Writes what stands at the pointer; empty where there is none.
 * @param {Plot} plot
 * @param {uPlot} u
 */
export function readOut(plot, u) {
  const { left, idx, idxs } = u.cursor;
  if (idx === null || idx === undefined || left === undefined || left < 0) return say(plot.readout, []);
  const { traces, marks, formatX } = plot.chart;
  /** @type {[string, string][]} */
  const told = [[plot.chart.x.title, formatX(u.posToVal(left, "x"))]];
  traces.forEach((trace, i) => {
    const at = idxs?.[i + 1];
    const value = trace.label && at !== null && at !== undefined ? u.data[i + 1][at] : null;
    if (typeof value === "number") told.push([trace.title, formatNumber(value, 4)]);
  });
  for (const mark of marks) {
    if (mark.title && Math.abs(u.valToPos(mark.x, "x") - left) < NEAR) told.push(["", mark.title]);
  }
  say(plot.readout, told);
}

/**
 * @param {HTMLElement} readout
 * @param {[string, string][]} told
 */
function say(readout, told) {
  const key = JSON.stringify(told);
  if (readout.dataset.told === key) return;
  readout.dataset.told = key;
  readout.replaceChildren(
    ...told.map(([name, value]) => {
      const pair = document.createElement("span");
      const number = document.createElement("b");
      number.textContent = value;
      pair.append(name ? `${name} ` : "", number);
      return pair;
    }),
  );
}
