/** The small picture of a table of one's own: the two columns with most to see, each on its own scale. */

import { h } from "preact";
import { Thumbnail } from "./thumbnail.js";

/** @typedef {import("./points.js").Preview} Preview */

const HALF = 5.5; // of the picture, which goes from −6 to 6

/**
 * The preview with two columns that fill the picture, empty cells left out. Pure.
 * @param {Preview} preview @returns {Preview}
 */
export function scattered(preview) {
  const columns = (preview.raw[0] ?? []).map((_, at) => preview.raw.map((row) => row[at]));
  const different = columns.map((cells) => new Set(cells.filter((cell) => cell !== null)).size);
  const [x, y = x] = columns.map((_, at) => at).sort((a, b) => different[b] - different[a]);
  if (x === undefined) return preview;
  const [across, down] = [columns[x], columns[y]].map(scaled);
  const rows = preview.raw.map((_, at) => at).filter((at) => columns[x][at] !== null && columns[y][at] !== null);
  const raw = rows.map((at) => [across(columns[x][at]), down(columns[y][at])]);
  return { ...preview, group: "plane", raw, targets: rows.map((at) => preview.targets[at]) };
}

/** @param {number[]} cells @returns {(cell: number) => number} */
function scaled(cells) {
  const there = cells.filter((cell) => cell !== null);
  const [low, high] = [Math.min(...there), Math.max(...there)];
  return (cell) => (high > low ? ((cell - low) / (high - low)) * 2 * HALF - HALF : 0);
}

/** @param {{preview: Preview}} props */
export function OwnThumbnail({ preview }) {
  return h(Thumbnail, { preview: scattered(preview) });
}
