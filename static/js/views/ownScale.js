/** In what a predicted amount is counted: in the unit and from the origin that suit its column. */

import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { classifies, columnOf } from "./ownColumns.js";

/** @typedef {import("./ownColumns.js").OwnTable} OwnTable */
/** @typedef {{origin: number, unit: number}} Scale */

/** @param {OwnTable} table @returns {Scale} */
export function scaleOf(table) {
  const { origin = 0, unit = 1 } = columnOf(table, table.target_column) ?? {};
  return classifies(table) ? { origin: 0, unit: 1 } : { origin, unit };
}

/** That in words; nothing where it counts in ones from 0. @param {OwnTable} table */
export function scaleTold(table) {
  const { origin, unit } = scaleOf(table);
  const values = { unit: formatNumber(unit), origin: formatNumber(origin) };
  if (origin) return t("own", "Here it is counted from {origin} in units of {unit}: an error of 1 is {unit}.", values);
  return unit === 1 ? "" : t("own", "Here it is counted in units of {unit}: an error of 1 is {unit}.", values);
}
