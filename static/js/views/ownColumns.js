/** What each column of a table is for: an input, the target, or nothing. Pure. */

/** @typedef {{name: string, type: "number" | "category" | "date" | "text", values?: string[], missing?: number, earliest?: string, measure?: string, origin?: number, unit?: number}} Column */
/** @typedef {"input" | "target" | "out"} Role */
/** A dataset part of the kind `own_table`. @typedef {Record<string, any> & {columns: Column[], input_columns: string[], target_column: string}} OwnTable */

const CLASSES = 10; // whole numbers up to so many different ones are classes unless a person says otherwise

/** @param {OwnTable} table @param {string} name @returns {Role} */
export function roleOf(table, name) {
  if (table.target_column === name) return "target";
  return table.input_columns.includes(name) ? "input" : "out";
}

/** Why a column cannot have a role, as the name of its type; "" where it can. @param {Column} column @param {Role} role */
export function hindrance(column, role) {
  if (role === "input") return column.type === "text" ? "text" : "";
  if (role === "target") return column.type === "text" || column.type === "date" ? column.type : "";
  return "";
}

/**
 * The table with another role for one column. There is one target: the one before becomes an input.
 * @param {OwnTable} table @param {string} name @param {Role} role @returns {OwnTable}
 */
export function withRole(table, name, role) {
  const inputs = new Set(table.input_columns);
  if (role === "input") inputs.add(name);
  else inputs.delete(name);
  if (role !== "target") {
    const target_column = table.target_column === name ? "" : table.target_column;
    return { ...table, target_column, input_columns: inOrder(table, inputs) };
  }
  const before = columnOf(table, table.target_column);
  if (before && before.name !== name && !hindrance(before, "input")) inputs.add(before.name);
  const values = columnOf(table, name)?.values?.length ?? 0;
  return { ...table, amounts: values > CLASSES, target_column: name, input_columns: inOrder(table, inputs) };
}

/** The table with all columns that can be inputs as inputs, or none. @param {OwnTable} table @param {boolean} all */
export function withInputs(table, all) {
  const fit = table.columns.filter((column) => column.name !== table.target_column && !hindrance(column, "input"));
  return { ...table, input_columns: all ? fit.map(({ name }) => name) : [] };
}

/** The types a column may be given: a number of few whole values may be read as names. @param {Column} column */
export function typesFor(column) {
  const few = (column.values?.length ?? 0) > 0 && (column.values ?? []).every((value) => /^-?\d+$/.test(value));
  return few && (column.type === "number" || column.type === "category")
    ? /** @type {const} */ (["number", "category"])
    : /** @type {const} */ ([column.type]);
}

/** The table with another type for one column. @param {OwnTable} table @param {string} name @param {Column["type"]} type @returns {OwnTable} */
export function withType(table, name, type) {
  return { ...table, columns: table.columns.map((column) => (column.name === name ? { ...column, type } : column)) };
}

/** @param {OwnTable} table @param {string} name */
export function columnOf(table, name) {
  return table.columns.find((column) => column.name === name);
}

/** Whether the target is told apart as classes; else an amount is predicted. @param {OwnTable} table */
export function classifies(table) {
  const goal = columnOf(table, table.target_column);
  return goal !== undefined && (goal.type === "category" || (!table.amounts && (goal.values?.length ?? 0) > 0));
}

/** Whether a person may choose between classes and an amount. @param {OwnTable} table */
export function choosesAmount(table) {
  const goal = columnOf(table, table.target_column);
  return goal?.type === "number" && (goal.values?.length ?? 0) > 0;
}

/** @param {OwnTable} table @param {Set<string>} names @returns {string[]} in the order of the columns */
function inOrder(table, names) {
  return table.columns.filter(({ name }) => names.has(name)).map(({ name }) => name);
}
