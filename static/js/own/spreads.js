/** How often which value comes in the columns of a table, counted in the rows of a preview. Pure. */

/** @typedef {import("../views/ownColumns.js").Column} Column */
/** @typedef {import("../views/ownColumns.js").OwnTable} OwnTable */
/** @typedef {import("../views/points.js").Preview} Preview */

const BINS = 12;
const MOST_BARS = 24; // of categories

/** The table with everything in it as an input that can be one, so that one preview shows all. @param {OwnTable} table */
export function wholeTable(table) {
  const shown = table.columns.filter(({ type, name }) => type !== "text" && name !== table.target_column);
  return { ...table, missing: "fill", input_columns: shown.map(({ name }) => name) };
}

/**
 * Counts for each column, by name: of a category by value, of numbers and dates in bins from low to high.
 * @param {OwnTable} table as it was previewed @param {Preview} preview @returns {Record<string, number[]>}
 */
export function countsOf(table, preview) {
  const columns = table.input_columns.map((name) => table.columns.find((column) => column.name === name));
  /** @type {Record<string, number[]>} */
  const counts = {};
  for (const [at, column] of columns.entries()) {
    const cells = preview.raw.map((row) => /** @type {number | null} */ (row[at])).filter((cell) => cell !== null);
    if (column) counts[column.name] = column.type === "category" ? tallied(cells, column) : binned(cells);
  }
  const goal = table.columns.find((column) => column.name === table.target_column);
  if (goal) counts[goal.name] = preview.classes.length > 0 ? wholeBalance(preview) : binned(preview.targets);
  return counts;
}

/** How many rows of the whole table each class has. @param {Preview} preview @returns {number[]} */
function wholeBalance(preview) {
  return preview.classes.map((_, at) => Object.values(preview.balance).reduce((sum, split) => sum + split[at], 0));
}

/** @param {number[]} cells numbers of values @param {Column} column @returns {number[]} */
function tallied(cells, column) {
  const counts = new Array(column.values?.length ?? 0).fill(0);
  for (const cell of cells) if (cell in counts) counts[cell] += 1;
  return counts.slice(0, MOST_BARS);
}

/** @param {number[]} cells @returns {number[]} */
function binned(cells) {
  const different = [...new Set(cells)].sort((a, b) => a - b);
  if (different.length <= BINS) return different.map((value) => cells.filter((cell) => cell === value).length);
  const low = different[0];
  const width = (different[different.length - 1] - low) / BINS;
  const counts = new Array(BINS).fill(0);
  for (const cell of cells) counts[Math.min(BINS - 1, Math.floor((cell - low) / width))] += 1;
  return counts;
}
