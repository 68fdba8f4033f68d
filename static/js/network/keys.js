/** Moving about the diagram with the arrow keys: a card is row −1 of its column, its neurons are rows 0, 1, 2 … Pure. */

/** @typedef {{column: number, row: number}} Focus */

/** Where an arrow key, Home or End leads; null for any other key.
 * @param {{columns: {shown: number[]}[]}} layout @param {Focus} focus @param {string} key @returns {Focus | null} */
export function moveFocus(layout, focus, key) {
  const rows = (/** @type {number} */ column) => layout.columns[column].shown.length;
  const to = (/** @type {number} */ column) => {
    const kept = Math.max(0, Math.min(layout.columns.length - 1, column));
    return { column: kept, row: Math.min(focus.row, rows(kept) - 1) };
  };
  if (key === "ArrowLeft") return to(focus.column - 1);
  if (key === "ArrowRight") return to(focus.column + 1);
  if (key === "Home") return to(0);
  if (key === "End") return to(layout.columns.length - 1);
  if (key === "ArrowUp") return { column: focus.column, row: Math.max(-1, focus.row - 1) };
  if (key === "ArrowDown") return { column: focus.column, row: Math.min(rows(focus.column) - 1, focus.row + 1) };
  return null;
}

/** The focus on a layout that may have fewer columns or neurons than the last one.
 * @param {{columns: {shown: number[]}[]}} layout @param {Focus} focus @returns {Focus} */
export function keptFocus(layout, focus) {
  const column = Math.max(0, Math.min(layout.columns.length - 1, focus.column));
  return { column, row: Math.max(-1, Math.min((layout.columns[column]?.shown.length ?? 0) - 1, focus.row)) };
}
