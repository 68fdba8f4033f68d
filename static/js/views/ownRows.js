/** The rows of a table of one's own, as they were sent: names of categories, dates, and what is empty. */

import { h } from "preact";
import { languageTag } from "../i18n/language.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { DataTable, MOST } from "./dataTable.js";
import { SIGNS } from "./marks.js";
import { columnOf } from "./ownColumns.js";
import { scaleOf } from "./ownScale.js";

/** @typedef {import("./ownColumns.js").Column} Column */

const DAY = 86_400_000; // milliseconds
const DIGITS = 4; // beside a power of ten
const DIGITS_KEPT = 7; // of an amount; float32 has no more

/** An amount as a table has it: its digits, never powers of ten unless they would be many. Pure. @param {number} amount */
function amountText(amount) {
  const size = Math.abs(amount);
  if (amount !== 0 && (size >= 1e12 || size < 1e-6)) return formatNumber(amount, DIGITS);
  return new Intl.NumberFormat(languageTag(), { maximumSignificantDigits: DIGITS_KEPT, useGrouping: false }).format(
    amount,
  );
}

/** What a cell reads as. Pure. @param {Column} column @param {number | null} cell */
export function cellText(column, cell) {
  if (cell === null || cell === undefined) return "";
  if (column.type === "category") return column.values?.[cell] ?? String(cell);
  if (column.type === "date" && column.earliest) {
    const day = new Date(Date.parse(`${column.earliest}T00:00:00Z`) + cell * DAY);
    return new Intl.DateTimeFormat(languageTag(), { dateStyle: "medium", timeZone: "UTC" }).format(day);
  }
  return amountText(cell);
}

/** @param {{preview: import("./points.js").Preview, dataset: import("./ownColumns.js").OwnTable}} props */
export function OwnRows({ preview, dataset }) {
  const columns = dataset.input_columns.flatMap((name) => columnOf(dataset, name) ?? []);
  if (preview.raw[0]?.length !== columns.length) return null; // of the table before the last edit
  const rows = preview.raw
    .slice(0, MOST)
    .map((row, at) => [
      h(Target, { key: "target", preview, at, scale: scaleOf(dataset) }),
      row.map((cell, number) => h(Cell, { key: number, text: cellText(columns[number], cell) })),
    ]);
  const titles = [dataset.target_column, ...columns.map(({ name }) => name)].map((name) => h("bdi", null, name));
  return h(DataTable, { titles, rows, splits: preview.split });
}

/** @param {{preview: import("./points.js").Preview, at: number, scale: import("./ownScale.js").Scale}} props */
function Target({ preview, at, scale: { origin, unit } }) {
  const target = preview.targets[at];
  if (preview.classes.length === 0) return h("td", null, amountText(origin + unit * target));
  const sign = h("i", { class: `sign class-${target % 10}`, "aria-hidden": "true" }, SIGNS[target % 10]);
  return h("td", null, sign, h("bdi", null, preview.classes[target]));
}

/** @param {{text: string}} props */
function Cell({ text }) {
  if (text) return h("td", null, h("bdi", null, text));
  return h("td", { class: "empty", title: t("own", "This cell is empty.") }, "–");
}
