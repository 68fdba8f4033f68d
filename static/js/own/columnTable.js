/** The columns of a table: what each holds, and what it is for. */

import { Fragment, h } from "preact";
import { useRef } from "preact/hooks";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Button, SegmentedControl, Select } from "../ui/controls.js";
import { memo } from "../ui/memo.js";
import { hindrance, roleOf, typesFor, withInputs, withRole, withType } from "../views/ownColumns.js";
import { ColumnReading } from "./columnReading.js";
import { Spread } from "./spread.js";

/** @typedef {import("../views/ownColumns.js").Column} Column */
/** @typedef {import("../views/ownColumns.js").Role} Role */
/** @typedef {import("../views/ownColumns.js").OwnTable} OwnTable */
/** @typedef {import("./uploads.js").Found} Found */

const NOTHING = Object.freeze({}); // the same for every column of which nothing is said

/**
 * @param {object} props
 * @param {OwnTable} props.table
 * @param {Record<string, Found>} props.found what the columns hold, by name
 * @param {Record<string, number[]>} props.counts how often which value comes, by name
 * @param {Record<string, string>} props.warnings about columns that give the target away, by name
 * @param {Record<string, import("./reading.js").ColumnSaid>} props.said of how columns are to be read, by name
 * @param {(table: OwnTable) => void} props.onTable
 * @param {((name: string, more: import("./reading.js").ColumnSaid) => void) | null} props.onSaid null where the file is
 *   not at hand
 */
export function ColumnTable({ table, found, counts, warnings, said, onTable, onSaid }) {
  const latest = useRef(table); // a row that is not drawn again keeps its functions
  latest.current = table;
  const head = (/** @type {string} */ title, /** @type {string} */ name) =>
    h("th", { scope: "col", class: name }, title);
  return h(
    "div",
    null,
    h(
      "div",
      { class: "own-bulk" },
      h("h3", null, t("own", "Columns")),
      h(Button, { look: "quiet", onClick: () => onTable(withInputs(table, true)) }, t("own", "Use all as inputs")),
      h(Button, { look: "quiet", onClick: () => onTable(withInputs(table, false)) }, t("own", "Leave all out")),
    ),
    h(
      "table",
      { class: "own-columns" },
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          head(t("own", "Column"), "own-name"),
          head(t("own", "Kind"), "own-kind"),
          head(t("own", "What it holds"), "own-holds"),
          head(t("own", "Empty"), "own-count"),
          head(t("own", "Different"), "own-count"),
          head(t("own", "Use as"), "own-use-as"),
        ),
      ),
      h(
        "tbody",
        null,
        table.columns.map((column) =>
          h(Row, {
            key: column.name,
            column,
            found: found[column.name],
            counts: counts[column.name],
            role: roleOf(table, column.name),
            warning: warnings[column.name] ?? "",
            said: said[column.name] ?? NOTHING,
            onSaid: onSaid && ((more) => onSaid(column.name, more)),
            onRole: (role) => onTable(withRole(latest.current, column.name, role)),
            onType: (type) =>
              typesFor(column).some((allowed) => allowed === type)
                ? onTable(withType(latest.current, column.name, type))
                : onSaid?.(column.name, { type }),
          }),
        ),
      ),
    ),
  );
}

/** @typedef {{column: Column, found: Found | undefined, counts: number[] | undefined, role: Role, warning: string,
 *   said: import("./reading.js").ColumnSaid, onSaid: ((more: import("./reading.js").ColumnSaid) => void) | null,
 *   onRole: (role: Role) => void, onType: (type: Column["type"]) => void}} RowProps */

const Row = memo((/** @type {RowProps} */ props) => {
  const { column, found, counts, role, warning, said, onSaid, onRole, onType } = props;
  const count = (/** @type {number | undefined} */ number) => (number === undefined ? "–" : formatNumber(number));
  return h(
    Fragment,
    null,
    h(
      "tr",
      { class: role },
      h("th", { scope: "row", class: "own-name" }, h("bdi", null, column.name)),
      h(
        "td",
        { class: "own-kind" },
        h(Kind, { column, possible: onSaid ? (found?.reading?.types ?? []) : [], onType }),
      ),
      h(
        "td",
        { class: "own-holds" },
        h(Spread, { column, found, counts }),
        found && h(ColumnReading, { column, found, said, onSaid }),
      ),
      h("td", { class: "own-count", "data-title": t("own", "Empty") }, count(column.missing)),
      h("td", { class: "own-count", "data-title": t("own", "Different") }, count(found?.distinct)),
      h("td", { class: "own-use-as" }, h(Use, { column, role, onRole })),
    ),
    warning && role === "input" && h(Leak, { warning, onLeaveOut: () => onRole("out") }),
  );
});

/** What is said of a column that gives the target away, under it. @param {{warning: string, onLeaveOut: () => void}} props */
function Leak({ warning, onLeaveOut }) {
  return h(
    "tr",
    { class: "own-leaking" },
    h(
      "td",
      { colSpan: 6 },
      h(
        "div",
        { class: "own-leak" },
        h("span", null, warning),
        h(Button, { class: "fix", onClick: onLeaveOut }, t("own", "Leave it out")),
      ),
    ),
  );
}

/** `possible` are the types that the file may be read as once more. @param {{column: Column, possible: Column["type"][], onType: (type: Column["type"]) => void}} props */
function Kind({ column, possible, onType }) {
  const types = [...new Set([...typesFor(column), ...possible])];
  if (types.length < 2) return typeTitle(column.type);
  return h(Select, {
    label: t("own", "Kind of “{column}”", { column: column.name }),
    bare: true,
    inline: false,
    value: column.type,
    options: types.map((type) => ({ value: type, title: typeTitle(type) })),
    onInput: (type) => onType(/** @type {Column["type"]} */ (type)),
  });
}

/** @param {{column: Column, role: Role, onRole: (role: Role) => void}} props */
function Use({ column, role, onRole }) {
  if (column.type === "text")
    return h("span", { class: "fine" }, t("own", "Free text, or too many different values to tell apart."));
  return h(SegmentedControl, {
    label: t("own", "Use “{column}” as", { column: column.name }),
    bare: true,
    value: role,
    options: [
      { value: "input", title: t("own", "Input") },
      { value: "out", title: t("own", "Leave out") },
      // last, so that arrow keys do not pass through it and move the target
      { value: "target", title: t("own", "Target"), disabled: hindrance(column, "target") !== "" },
    ],
    onInput: (next) => onRole(/** @type {Role} */ (next)),
  });
}

/** @param {Column["type"]} type */
function typeTitle(type) {
  return {
    number: t("own", "number"),
    category: t("own", "category"),
    date: t("own", "date"),
    text: t("own", "text"),
  }[type];
}
