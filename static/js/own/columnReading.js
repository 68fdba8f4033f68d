/** How one column was read: cells as they stand in the file and what they became, what is empty, and what else it may be. */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { Select, TextField } from "../ui/controls.js";
import { FORMATS, wordsIn } from "./reading.js";

/** @typedef {import("../views/ownColumns.js").Column} Column */
/** @typedef {import("./uploads.js").Found} Found */
/** @typedef {import("./reading.js").ColumnSaid} ColumnSaid */

/**
 * @param {object} props
 * @param {Column} props.column
 * @param {Found} props.found
 * @param {ColumnSaid} props.said
 * @param {((more: ColumnSaid) => void) | null} props.onSaid null where the file is not at hand
 */
export function ColumnReading({ column, found, said, onSaid }) {
  const reading = found.reading;
  if (!reading) return null;
  const emptied = reading.emptied ?? [];
  const read = reading.read ?? [];
  return h(
    "details",
    { class: "own-reading" },
    h(
      "summary",
      null,
      h("span", { class: "spoken-only" }, t("own", "How “{column}” was read:", { column: column.name }), " "),
      h("bdi", null, read.length > 0 ? cellRead(read[0], reading.unit) : t("own", "How it was read")),
      emptied.length > 0 && ` · ${t("own", "empty: {words}", { words: wordsOf(emptied) })}`,
    ),
    read.slice(1).map((cell) => h("p", { key: cell.raw }, h("bdi", null, cellRead(cell, reading.unit)))),
    h(
      "p",
      { class: "fine" },
      emptied.length > 0
        ? t("own", "Empty because of what stands there: {words}.", { words: wordsOf(emptied) })
        : t("own", "No word in it counts as empty."),
    ),
    onSaid && h(Choices, { column, found, said, onSaid }),
  );
}

/** A cell as it stands in the file, and what it became. @param {{raw: string, value: string}} cell @param {string} [unit] */
const cellRead = ({ raw, value }, unit) => `“${raw}” → ${value}${unit ? ` ${unit}` : ""}`;

/** @param {{raw: string, count: number}[]} words */
const wordsOf = (words) => words.map(({ raw, count }) => `“${raw}” × ${count}`).join(t("own", ", "));

/** @param {{column: Column, found: Found, said: ColumnSaid, onSaid: (more: ColumnSaid) => void}} props */
function Choices({ column, found, said, onSaid }) {
  const reading = /** @type {import("./uploads.js").ColumnRead} */ (found.reading);
  const emptied = said.empty ?? (reading.emptied ?? []).map(({ raw }) => raw);
  return h(
    "div",
    { class: "own-choices" },
    reading.type === "number" &&
      h(Select, {
        label: t("own", "Numbers in “{column}” are written as", { column: column.name }),
        value: said.format ?? reading.format ?? FORMATS[0],
        options: FORMATS.map((value) => ({ value, title: value })),
        onInput: (format) => onSaid({ format }),
      }),
    reading.type === "date" &&
      h(Select, {
        label: t("own", "Dates in “{column}” begin with", { column: column.name }),
        value: reading.order ?? "ymd",
        options: [
          { value: "ymd", title: t("own", "the year") },
          { value: "dmy", title: t("own", "the day") },
          { value: "mdy", title: t("own", "the month") },
        ],
        onInput: (order) => onSaid({ order }),
      }),
    h(TextField, {
      label: t("own", "Empty in “{column}” are, with commas between", { column: column.name }),
      value: emptied.join(", "),
      late: true,
      onInput: (text) => onSaid({ empty: wordsIn(text) }),
    }),
  );
}
