/** Curves and tables as text that a spreadsheet reads. Pure. */

/** @typedef {string | number | null | undefined} Cell */

/** Rows with commas between their cells. @param {Cell[][]} rows */
export function asCsv(rows) {
  return `${rows.map((row) => row.map(written).join(",")).join("\n")}\n`;
}

/**
 * The named lines of a chart, unthinned: a row for each x, a column for each line; empty where a line has no value.
 * @param {import("./plot.js").Chart} chart
 */
export function chartAsCsv({ traces, x, y }) {
  const named = traces.filter(({ label }) => label);
  /** @type {Map<number, Cell[]>} */
  const rows = new Map();
  named.forEach((trace, number) => {
    trace.x.forEach((at, i) => {
      const row = rows.get(at) ?? [at, ...named.map(() => null)];
      row[number + 1] = Number.isNaN(trace.y[i]) ? null : trace.y[i];
      rows.set(at, row);
    });
  });
  const sorted = [...rows.values()].sort((a, b) => Number(a[0]) - Number(b[0]));
  return asCsv([[x.title, ...named.map(({ title }) => `${y.title}: ${title}`)], ...sorted]);
}

/** A text that a spreadsheet would take for a formula is given as text. @param {Cell} cell */
function written(cell) {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "number") return String(cell);
  const plain = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
