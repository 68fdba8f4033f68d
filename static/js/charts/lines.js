/** How lines are drawn: their dashes and widths, in pixels. */

/** @type {Record<import("./traces.js").Trace["line"], number[]>} */
export const DASHES = { solid: [], dashed: [6, 4], dotted: [1.5, 3], "dash-dot": [8, 3, 1.5, 3], level: [1, 5] };
/** @type {Record<import("./traces.js").Trace["weight"], number>} */
export const WIDTHS = { strong: 2, plain: 1.6, faint: 1, batch: 1, band: 0 };
