/** Moving about the diagram with the arrow keys: a card is row −1 of its column, its units are rows 0, 1, 2 … Pure. */

/** @typedef {{column: number, row: number}} Focus */
/** @typedef {{columns: {shown: number[], feeds: number[], cardTop: number, x: number, card: number}[]}} Standing */

/** Where an arrow key, Home or End leads; null for any other key. Left and right follow what flows; beyond the first
 * and the last unit of a column, up and down lead to the lane above and below.
 * @param {Standing} layout @param {Focus} focus @param {string} key @returns {Focus | null} */
export function moveFocus(layout, focus, key) {
  const { columns } = layout;
  const rows = (/** @type {number} */ column) => columns[column].shown.length;
  const to = (/** @type {number} */ column, row = focus.row) => ({ column, row: Math.min(row, rows(column) - 1) });
  const here = focus.column;
  if (key === "ArrowLeft") return to(columns[here].feeds[0] ?? here);
  if (key === "ArrowRight") return to(Math.max(here, next(columns, here)));
  if (key === "Home") return to(0);
  if (key === "End") return to(columns.length - 1);
  if (key === "ArrowUp") {
    if (focus.row >= 0) return { column: here, row: focus.row - 1 };
    const above = beside(columns, here, -1);
    return above < 0 ? focus : { column: above, row: -1 };
  }
  if (key === "ArrowDown") {
    if (focus.row < rows(here) - 1) return { column: here, row: focus.row + 1 };
    const below = beside(columns, here, 1);
    return below < 0 ? focus : { column: below, row: -1 };
  }
  return null;
}

/** The focus on a layout that may have fewer columns or units than the last one.
 * @param {{columns: {shown: number[]}[]}} layout @param {Focus} focus @returns {Focus} */
export function keptFocus(layout, focus) {
  const column = Math.max(0, Math.min(layout.columns.length - 1, focus.column));
  return { column, row: Math.max(-1, Math.min((layout.columns[column]?.shown.length ?? 0) - 1, focus.row)) };
}

/** The first column that a column feeds: with several lanes behind it, the first column of the first lane.
 * @param {Standing["columns"]} columns @param {number} here */
function next(columns, here) {
  return columns.findIndex((column) => column.feeds.includes(here));
}

/** The column in the lane above or below that stands nearest; −1 where there is none.
 * @param {Standing["columns"]} columns @param {number} here @param {1 | -1} side */
function beside(columns, here, side) {
  const own = columns[here];
  let found = -1;
  let least = Number.POSITIVE_INFINITY;
  columns.forEach((column, index) => {
    const away = (column.cardTop - own.cardTop) * side;
    const aside = Math.abs(column.x - own.x);
    if (away <= 0 || aside > own.card * 1.5) return;
    const distance = away + aside / 2;
    if (distance < least) [found, least] = [index, distance];
  });
  return found;
}
