/** How lines are drawn: their dashes and widths, in pixels. */

/** @type {Record<import("./traces.js").Trace["line"], number[]>} */
export const DASHES = { solid: [], dashed: [6, 4], dotted: [1.5, 3], "dash-dot": [8, 3, 1.5, 3], level: [1, 5] };
export const FAINT = 0.35; // opacity of a raw line behind its smoothed one
/** The colours of runs beside each other, in css/tokens.css. */
export const RUNS = Array.from({ length: 8 }, (_, number) => `run-${number}`);

/** How the line of the run with this number is drawn; its key looks the same. @param {number} number */
export function lineOf(number) {
  return {
    line: /** @type {"solid" | "dashed"} */ (Math.floor(number / 4) % 2 ? "dashed" : "solid"),
    colour: RUNS[number % RUNS.length],
  };
}

/** @type {Record<import("./traces.js").Trace["weight"], number>} */
export const WIDTHS = { strong: 2, plain: 1.6, faint: 1, batch: 1, band: 0 };
