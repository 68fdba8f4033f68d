/** One table of one's own: what is to be predicted from what. */

import { h } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { partOf } from "../api/parts.js";
import { experiment } from "../editor/document.js";
import { patched } from "../editor/patch.js";
import { formatNumber } from "../i18n/numbers.js";
import { sentences, t } from "../i18n/t.js";
import { Button, Select } from "../ui/controls.js";
import { ProblemList } from "../ui/field.js";
import { SchemaForm } from "../ui/form.js";
import { choosesAmount, classifies, columnOf, hindrance, withRole } from "../views/ownColumns.js";
import { scaleTold } from "../views/ownScale.js";
import { ColumnTable } from "./columnTable.js";
import { previewOf } from "./preview.js";
import { DELIMITERS, ReadAgain } from "./readAgain.js";
import { carriedOver, sayOfColumn } from "./reading.js";
import { numbersIn, SeriesPage } from "./seriesPage.js";
import { countsOf, wholeTable } from "./spreads.js";
import { Using } from "./using.js";
import { fileOf, postAgain } from "./uploads.js";
import { usePlan } from "./usePlan.js";

/** @typedef {import("../views/ownColumns.js").OwnTable} OwnTable */
/** @typedef {import("./uploads.js").Upload} Upload */

const PLACE = "/dataset";
const NAMED = 6; // classes that are told by name
const KEPT = ["/target_column", "/missing", "/amounts"].map((field) => PLACE + field); // problems that stand at a field
/** What was chosen for a table before its window was closed, by upload. @type {Map<string, OwnTable>} */
const drafts = new Map();

/** @param {{upload: Upload, onUsed: () => void}} props */
export function TablePage({ upload, onUsed }) {
  const now = experiment.peek().dataset;
  const [series, setSeries] = useState(now?.kind === "own_series" && now.upload === upload.id);
  return series
    ? h(SeriesPage, { key: upload.id, upload, onUsed, onBack: () => setSeries(false) })
    : h(Predicting, { upload, onUsed, onSeries: () => setSeries(true) });
}

/** What is to be predicted from what. @param {{upload: Upload, onUsed: () => void, onSeries: () => void}} props */
function Predicting({ upload, onUsed, onSeries }) {
  const start = useMemo(() => drafts.get(upload.id) ?? startOf(upload), [upload.id]);
  const [chosen, setChosen] = useState({ id: upload.id, table: start });
  const table = chosen.id === upload.id ? chosen.table : start; // when its file is read again, it is another upload
  const latest = useRef({ upload, table }); // fields that are not drawn again keep their functions
  latest.current = { upload, table };
  const counts = useCounts(table);
  const task = classifies(table) ? "classification" : "regression";
  const planning = usePlan(table, task, () => true);
  /** @param {OwnTable} next */
  const choose = (next) => {
    const { id } = latest.current.upload;
    drafts.set(id, next);
    setChosen({ id, table: next });
  };
  const edit = (/** @type {import("../api/client.js").Edit[]} */ edits) =>
    choose(patched({ dataset: latest.current.table }, edits).dataset);
  const problems = planning.planned?.problems ?? [];
  const known = fileOf(upload.id);
  const readAgain = (/** @type {import("./reading.js").Said} */ said) =>
    void postAgain(latest.current.upload, said, (next) =>
      drafts.set(next.id, carriedOver(latest.current.table, /** @type {OwnTable} */ (next.dataset))),
    );
  const sayOf = (/** @type {string} */ name, /** @type {import("./reading.js").ColumnSaid} */ more) =>
    readAgain(sayOfColumn(fileOf(latest.current.upload.id)?.said ?? {}, name, more));
  const used = () => {
    drafts.delete(upload.id);
    onUsed();
  };
  return h(
    "div",
    { class: "own-page" },
    h("p", { class: "fine" }, summary(upload, table)),
    h(ProblemList, { hints: true, problems: upload.warnings }),
    h(ReadAgain, { upload, onSaid: readAgain }),
    numbersIn(upload).length > 0 &&
      h("p", null, h(Button, { onClick: onSeries }, t("own", "Forecast a column instead"))),
    h(Goal, { table, counts, problems, choose }),
    h(ColumnTable, {
      table,
      found: foundIn(upload),
      counts,
      warnings: leaksFor(upload, table),
      said: known?.said.reading?.columns ?? {},
      onTable: choose,
      onSaid: known ? sayOf : null,
    }),
    h(Settings, { table, problems, edit }),
    h(Using, {
      planning,
      small: t("own", "Two layers of 16 and 8 neurons."),
      elsewhere: KEPT,
      edit,
      file: upload.name,
      onUsed: used,
    }),
  );
}

/** The table as the document has it, if it does; else as the server offers it. @param {Upload} upload @returns {OwnTable} */
function startOf(upload) {
  const now = experiment.peek().dataset;
  return now?.upload === upload.id && now.kind === upload.kind
    ? /** @type {OwnTable} */ (now)
    : /** @type {OwnTable} */ (upload.dataset);
}

/** Counts of values in all columns, by name; of the first rows. @param {OwnTable} table @returns {Record<string, number[]>} */
function useCounts(table) {
  const [counts, setCounts] = useState(/** @type {Record<string, number[]>} */ ({}));
  const whole = useMemo(() => wholeTable(table), [table.target_column, table.columns, table.amounts]);
  useEffect(() => {
    const stopped = new AbortController();
    const take = (/** @type {any} */ preview) => preview && setCounts(countsOf(whole, preview));
    if (whole.target_column) void previewOf(whole, stopped.signal).then(take);
    return () => stopped.abort();
  }, [whole]);
  return counts;
}

/** What is said of columns that give the target away, by name. @param {Upload} upload @param {OwnTable} table */
function leaksFor(upload, table) {
  const hints = upload.targets?.find(({ name }) => name === table.target_column)?.warnings ?? [];
  return Object.fromEntries(
    hints.map(({ values, detail }) => [String(values?.column ?? "").replace(/^“|”$/g, ""), detail]),
  );
}

/** @param {Upload} upload @returns {Record<string, import("./uploads.js").Found>} */
function foundIn(upload) {
  return Object.fromEntries((upload.columns ?? []).map((column) => [column.name, column]));
}

/** @param {Upload} upload @param {OwnTable} table */
function summary(upload, table) {
  const names = /** @type {Record<string, string>} */ (DELIMITERS());
  return t("own", "{rows} rows and {columns} columns, separated by {delimiter}, written in {encoding}.", {
    rows: table.rows,
    columns: table.columns.length,
    delimiter: names[upload.delimiter ?? ""] ?? upload.delimiter,
    encoding: (upload.encoding ?? "").toUpperCase(),
  });
}

/** @param {{table: OwnTable, counts: Record<string, number[]>, problems: import("../api/client.js").Problem[], choose: (table: OwnTable) => void}} props */
function Goal({ table, counts, problems, choose }) {
  const goal = columnOf(table, table.target_column);
  const fit = table.columns.filter((column) => hindrance(column, "target") === "");
  const none = goal ? [] : [{ value: "", title: t("own", "Choose a column") }];
  const classes = goal?.values ?? [];
  const sizes = counts[table.target_column] ?? [];
  const named = classes
    .slice(0, NAMED)
    .map((name, at) => (sizes[at] === undefined ? name : `${name} (${formatNumber(sizes[at])})`));
  return h(
    "div",
    { class: "own-goal" },
    h(Select, {
      label: t("own", "What is to be predicted"),
      value: table.target_column,
      inline: false,
      options: [...none, ...fit.map(({ name }) => ({ value: name, title: name }))],
      problems: problems.filter(({ place }) => place === `${PLACE}/target_column`),
      onInput: (name) => choose(withRole(table, name, "target")),
    }),
    goal &&
      h(
        "p",
        { class: "fine", role: "status" },
        sentences(
          classifies(table)
            ? t("own", "Classification: one of {count} classes: {names}.", {
                count: classes.length,
                names: named.join(t("own", ", ")) + (classes.length > NAMED ? " …" : ""),
              })
            : t("own", "Regression: how much it is, as a number."),
          goal.missing
            ? t("own", "Rows without it are left out: {count}.", { count: formatNumber(goal.missing) })
            : null,
        ),
      ),
    goal && h("p", { class: "fine", role: "status" }, scaleTold(table)),
  );
}

/** @param {{table: OwnTable, problems: import("../api/client.js").Problem[], edit: (edits: import("../api/client.js").Edit[]) => void}} props */
function Settings({ table, problems, edit }) {
  const schema = partOf("datasets", "own_table")?.schema;
  if (!schema) return null;
  const gaps = table.missing === "drop" || table.columns.some(({ missing }) => missing);
  const only = [...(choosesAmount(table) ? ["amounts"] : []), ...(gaps ? ["missing"] : [])];
  const here = problems.filter(({ place }) => KEPT.includes(place));
  return h(SchemaForm, { schema, value: table, place: PLACE, problems: here, onEdit: edit, context: "datasets", only });
}
