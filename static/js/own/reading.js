/** What a person says of how a file is to be read, as the server takes it: only what differs from what it finds. Pure. */

/** @typedef {"number" | "category" | "date" | "text"} ReadType */
/** @typedef {{type?: ReadType, format?: string, order?: string, empty?: string[]}} ColumnSaid */
/** @typedef {{header?: boolean, format?: string, empty?: string[], columns?: Record<string, ColumnSaid>, level?: number}} Reading */
/** @typedef {{kind?: string, encoding?: string, delimiter?: string, reading?: Reading}} Said `kind` of the dataset */

export const FORMATS = ["1,234.5", "1.234,5", "1 234,5", "1'234.5"];

/** @param {Said} said @param {string} column @param {ColumnSaid} more @returns {Said} */
export function sayOfColumn(said, column, more) {
  const columns = said.reading?.columns ?? {};
  const own = { ...columns[column], ...more };
  return { ...said, reading: { ...said.reading, columns: { ...columns, [column]: own } } };
}

/** Another header may give the columns other names, so what was said of them is dropped. @param {Said} said @param {boolean} header @returns {Said} */
export function sayHeader(said, header) {
  return { ...said, reading: { ...said.reading, header, columns: {} } };
}

/** As fields of a form. @param {Said} said @returns {Record<string, string>} */
export function formFields({ kind = "", encoding = "", delimiter = "", reading = {} }) {
  return { kind, encoding, delimiter, reading: JSON.stringify(reading) };
}

/** Words between commas, none twice. An empty text is no word. @param {string} text @returns {string[]} */
export function wordsIn(text) {
  return [...new Set(text.split(/[,，、]/).map((word) => word.trim()))].filter(Boolean);
}

/**
 * What was chosen for a table before it was read again, as far as its columns still allow it.
 * @param {import("../views/ownColumns.js").OwnTable} before @param {import("../views/ownColumns.js").OwnTable} after
 * @returns {import("../views/ownColumns.js").OwnTable}
 */
export function carriedOver(before, after) {
  const types = new Map(after.columns.map(({ name, type }) => [name, type]));
  const was = new Map(before.columns.map(({ name, type }) => [name, type]));
  const target = types.get(before.target_column);
  if (target !== "number" && target !== "category") return after;
  // a column that has become readable is offered as the server does
  const wanted = (/** @type {string} */ name) =>
    was.get(name) === types.get(name) ? before.input_columns.includes(name) : after.input_columns.includes(name);
  const inputs = after.columns.map(({ name }) => name).filter((name) => types.get(name) !== "text" && wanted(name));
  return {
    ...after,
    target_column: before.target_column,
    input_columns: inputs.filter((name) => name !== before.target_column),
    amounts: after.target_column === before.target_column ? after.amounts : (before.amounts ?? false),
    missing: before.missing,
  };
}
