/** The values under the pointer, or at the moment that is looked back at, in one line above the curves. */

import { formatAs } from "../i18n/numbers.js";

/** @typedef {import("./plot.js").Plot} Plot */
/** @typedef {import("uplot")} uPlot */
/** A name, its value, and the colour of its line where it has one of its own.
 * @typedef {[string, string, string?]} Told */

const NEAR = 5; // pixels within which a mark tells its title

/**
 * Writes what stands at the pointer, else at the cursor; empty where there is neither.
 * @param {Plot} plot
 * @param {uPlot} u
 */
export function readOut(plot, u) {
  const { traces, marks, cursor, formatX } = plot.chart;
  const pointed = u.cursor.left !== undefined && u.cursor.left >= 0;
  const left = pointed ? Number(u.cursor.left) : cursor === undefined ? -1 : u.valToPos(cursor, "x");
  if (left < 0 || !u.data[0].length) return say(plot.readout, []);
  const x = pointed ? u.posToVal(left, "x") : Number(cursor);
  const index = u.valToIdx(x);
  /** @type {Told[]} */
  const told = [[plot.chart.x.title, formatX(x)]];
  traces.forEach((trace, i) => {
    const spans = trace.x[0] <= x && x <= trace.x[trace.x.length - 1]; // beyond its ends a line has no value
    const value = trace.label && spans ? u.data[i + 1][nearest(u, i + 1, index)] : null;
    if (typeof value === "number") told.push([trace.title, formatAs(plot.chart.y.written, value, 4), trace.colour]);
  });
  for (const mark of marks) {
    if (mark.title && Math.abs(u.valToPos(mark.x, "x") - left) < NEAR) told.push(["", mark.title]);
  }
  say(plot.readout, told);
}

/**
 * The point of a line that is nearest to the pointer; lines do not have points at every x.
 * @param {uPlot} u
 * @param {number} series
 * @param {number} index
 */
export function nearest(u, series, index) {
  const values = u.data[series];
  if (!values || values[index] !== undefined) return index;
  let left = index;
  let right = index;
  while (left >= 0 && values[left] === undefined) left -= 1;
  while (right < values.length && values[right] === undefined) right += 1;
  if (left < 0) return right < values.length ? right : index;
  if (right >= values.length) return left;
  const x = u.data[0];
  return x[index] - x[left] <= x[right] - x[index] ? left : right;
}

/** @param {HTMLElement} readout @param {Told[]} told */
function say(readout, told) {
  const key = JSON.stringify(told);
  if (readout.dataset.told === key) return;
  readout.dataset.told = key;
  readout.replaceChildren(
    ...told.map(([name, value, colour]) => {
      const pair = document.createElement("span");
      if (colour) pair.style.setProperty("--of", `var(--${colour})`);
      const number = document.createElement("b");
      number.textContent = value;
      pair.append(name ? `${name} ` : "", number);
      return pair;
    }),
  );
}
