/** The rows of a table of one's own, as they were sent: names of categories, dates, and what is empty. */

import { h } from "preact";
import { languageTag } from "../i18n/language.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { SIGNS } from "../views/marks.js";
import { columnOf } from "./columns.js";
import { scaleOf } from "./scale.js";

/** @typedef {import("./columns.js").Column} Column */

const MOST = 60; // rows
const DAY = 86_400_000; // milliseconds
const DIGITS = 4; // as many as a preview has

/** What a cell reads as. Pure. @param {Column} column @param {number | null} cell */
export function cellText(column, cell) {
  if (cell === null || cell === undefined) return "";
  if (column.type === "category") return column.values?.[cell] ?? String(cell);
  if (column.type === "date" && column.earliest) {
    const day = new Date(Date.parse(`${column.earliest}T00:00:00Z`) + cell * DAY);
    return new Intl.DateTimeFormat(languageTag(), { dateStyle: "medium", timeZone: "UTC" }).format(day);
  }
  return formatNumber(cell, DIGITS);
}

/** @param {{preview: import("../views/points.js").Preview, dataset: import("./columns.js").Table}} props */
export function OwnRows({ preview, dataset }) {
  const columns = dataset.input_columns.flatMap((name) => columnOf(dataset, name) ?? []);
  if (preview.raw[0]?.length !== columns.length) return null; // of the table before the last edit
  const splits = [t("views", "train"), t("views", "validation"), t("views", "test")];
  const title = (/** @type {string} */ name) => h("th", { key: name, scope: "col" }, h("bdi", null, name));
  return h(
    "div",
    { class: "data-table", tabIndex: 0, role: "region", "aria-label": t("views", "Rows of the table") },
    h(
      "table",
      null,
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          title(dataset.target_column),
          columns.map(({ name }) => title(name)),
          h("th", { scope: "col" }, t("views", "split")),
        ),
      ),
      h(
        "tbody",
        null,
        preview.raw.slice(0, MOST).map((row, at) =>
          h(
            "tr",
            { key: at },
            h(Target, { preview, at, scale: scaleOf(dataset) }),
            row.map((cell, number) => h(Cell, { key: number, text: cellText(columns[number], cell) })),
            h("td", null, splits[preview.split[at]]),
          ),
        ),
      ),
    ),
  );
}

/** @param {{preview: import("../views/points.js").Preview, at: number, scale: import("./scale.js").Scale}} props */
function Target({ preview, at, scale: { origin, unit } }) {
  const target = preview.targets[at];
  if (preview.classes.length === 0) return h("td", null, formatNumber(origin + unit * target));
  const sign = h("i", { class: `sign class-${target % 10}`, "aria-hidden": "true" }, SIGNS[target % 10]);
  return h("td", null, sign, h("bdi", null, preview.classes[target]));
}

/** @param {{text: string}} props */
function Cell({ text }) {
  if (text) return h("td", null, h("bdi", null, text));
  return h("td", { class: "empty", title: t("own", "This cell is empty.") }, "–");
}
