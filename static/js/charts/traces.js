/** Lines as the chart draws them: thinned to pixels, joined on one axis. Pure. */

import { indexAfter } from "../live/columns.js";

/**
 * @typedef {object} Trace
 * @property {string} key stays the same while the line is the same
 * @property {string} title shown at its end and beside its value
 * @property {Float64Array} x ascending
 * @property {Float64Array} y NaN is a gap
 * @property {"solid" | "dashed" | "dotted" | "dash-dot" | "level"} line
 * @property {"strong" | "plain" | "faint" | "batch" | "band"} weight
 * @property {boolean} [label] whether its end carries the title
 * @property {string} [colour] of css/tokens.css, where its weight does not say it
 */

/** @typedef {{x: number[], y: (number | null)[]}} Thinned */

/**
 * At most about four points for each pixel: the first, lowest, highest and last, so that no spike is lost.
 * @param {Float64Array} x
 * @param {Float64Array} y
 * @param {object} view
 * @param {number} view.from
 * @param {number} view.to
 * @param {number} view.pixels
 * @param {boolean} [view.logX]
 * @param {boolean} [view.logY]
 * @returns {Thinned}
 */
export function thin(x, y, { from, to, pixels, logX = false, logY = false }) {
  const first = Math.max(0, indexAfter(x, x.length, logX && from <= 0 ? 0 : from) - 1);
  const end = Math.min(x.length, indexAfter(x, x.length, to) + 1);
  /** @type {Thinned} */
  const thinned = { x: [], y: [] };
  const place = logX ? Math.log : (/** @type {number} */ value) => value;
  const scale = pixels / Math.max(place(to) - place(from), 1e-12);
  const start = place(from);
  let i = first;
  while (i < end) {
    if (logX && x[i] <= 0) {
      i += 1;
      continue;
    }
    const pixel = Math.floor((place(x[i]) - start) * scale);
    let next = i + 1;
    while (next < end && Math.floor((place(x[next]) - start) * scale) === pixel) next += 1;
    if (next - i <= 4) for (let j = i; j < next; j += 1) push(thinned, x[j], y[j], logY);
    else extremes(thinned, x, y, i, next, logY);
    i = next;
  }
  return thinned;
}

/**
 * Lines on one common axis: a line that has no point at some x has `undefined` there, and a gap is `null`.
 * @param {Thinned[]} lines
 * @returns {[number[], ...(number | null | undefined)[][]]}
 */
export function join(lines) {
  /** @type {number[]} */
  const x = [];
  const columns = lines.map(() => /** @type {(number | null | undefined)[]} */ ([]));
  const at = lines.map(() => 0);
  for (;;) {
    let next = Infinity;
    for (let k = 0; k < lines.length; k += 1) if (lines[k].x[at[k]] < next) next = lines[k].x[at[k]];
    if (next === Infinity) return [x, ...columns];
    x.push(next);
    for (let k = 0; k < lines.length; k += 1) {
      const here = lines[k].x[at[k]] === next;
      columns[k].push(here ? lines[k].y[at[k]] : undefined);
      if (here) at[k] += 1;
    }
  }
}

/**
 * @param {Thinned} thinned
 * @param {number} x
 * @param {number} y
 * @param {boolean} logY
 */
function push(thinned, x, y, logY) {
  if (thinned.x.length && thinned.x[thinned.x.length - 1] === x) return; // each x once, else lines cannot be joined
  thinned.x.push(x);
  thinned.y.push(Number.isNaN(y) || (logY && y <= 0) ? null : y);
}

/**
 * @param {Thinned} thinned
 * @param {Float64Array} x
 * @param {Float64Array} y
 * @param {number} first
 * @param {number} end
 * @param {boolean} logY
 */
function extremes(thinned, x, y, first, end, logY) {
  let low = -1;
  let high = -1;
  let gap = first;
  for (let j = first; j < end; j += 1) {
    if (Number.isNaN(y[j])) gap = j;
    else {
      if (low < 0 || y[j] < y[low]) low = j;
      if (high < 0 || y[j] > y[high]) high = j;
    }
  }
  const kept = [...new Set([first, low, high, gap, end - 1])].filter((j) => j >= 0).sort((a, b) => a - b);
  for (const j of kept) push(thinned, x[j], y[j], logY);
}
