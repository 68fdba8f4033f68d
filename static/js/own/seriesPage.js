/** A column of one's own table as a series: which one, in which order, and how far the network looks back. */

import { h } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { partOf } from "../api/parts.js";
import { experiment } from "../editor/document.js";
import { patched } from "../editor/patch.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Button, Select } from "../ui/controls.js";
import { SchemaForm } from "../ui/form.js";
import { Using } from "./using.js";
import { usePlan } from "./usePlan.js";

/** @typedef {import("./uploads.js").Upload} Upload */
/** @typedef {import("./uploads.js").Found} Found */

const PLACE = "/dataset";
const SEEN = ["samples", "window"];
const KEPT = SEEN.map((name) => `${PLACE}/${name}`);
const WINDOW = 32;
const MOST = 10_000; // windows that are offered

/** @param {{upload: Upload, onUsed: () => void, onBack: () => void}} props */
export function SeriesPage({ upload, onUsed, onBack }) {
  const numbers = numbersIn(upload);
  const dates = (upload.columns ?? []).filter(({ type, missing }) => type === "date" && !missing);
  const start = useMemo(() => startOf(upload, numbers, dates), [upload.id]);
  const [dataset, setDataset] = useState(start);
  const latest = useRef(dataset); // fields that are not drawn again keep their functions
  latest.current = dataset;
  const planning = usePlan(dataset, "forecasting", () => true);
  const edit = (/** @type {import("../api/client.js").Edit[]} */ edits) =>
    setDataset(patched({ dataset: latest.current }, edits).dataset);
  const choose = (/** @type {Record<string, any>} */ more) => setDataset({ ...latest.current, ...more });
  const problems = (planning.planned?.problems ?? []).filter(({ place }) => KEPT.includes(place));
  const schema = partOf("datasets", "own_series")?.schema;
  const gaps = numbers.find(({ name }) => name === dataset.column)?.missing ?? 0;
  return h(
    "div",
    { class: "own-page" },
    h(Button, { look: "quiet", icon: "left", onClick: onBack }, t("own", "The table with all its columns")),
    h(Select, {
      label: t("own", "What goes on"),
      value: dataset.column,
      inline: false,
      options: numbers.map(({ name }) => ({ value: name, title: name })),
      onInput: (column) => choose({ column }),
    }),
    h(Select, {
      label: t("own", "In which order"),
      value: dataset.dates,
      inline: false,
      options: [
        { value: "", title: t("own", "as the rows stand") },
        ...dates.map(({ name }) => ({ value: name, title: t("own", "by “{column}”", { column: name }) })),
      ],
      onInput: (name) =>
        choose({ dates: name, earliest: dates.find((column) => column.name === name)?.earliest ?? "" }),
    }),
    h(
      "p",
      { class: "fine", role: "status" },
      t("own", "The next value counts in standard deviations from the mean, both measured on the training part."),
      gaps > 0 && ` ${t("own", "Empty cells take the value before them: {count}.", { count: formatNumber(gaps) })}`,
    ),
    schema &&
      h(SchemaForm, { schema, value: dataset, place: PLACE, problems, onEdit: edit, context: "datasets", only: SEEN }),
    h(Using, {
      planning,
      small: t("own", "Two layers of 16 and 8 neurons."),
      elsewhere: KEPT,
      edit,
      file: upload.name,
      onUsed,
    }),
  );
}

/** The columns that may be told. @param {Upload} upload @returns {Found[]} */
export const numbersIn = (upload) => (upload.columns ?? []).filter(({ type }) => type === "number");

/** The series as the document has it, if it does; else the last column of numbers. @param {Upload} upload
 * @param {Found[]} numbers @param {Found[]} dates @returns {Record<string, any>} */
function startOf(upload, numbers, dates) {
  const now = experiment.peek().dataset;
  if (now?.upload === upload.id && now.kind === "own_series") return now;
  const rows = upload.count;
  const window = Math.max(2, Math.min(WINDOW, Math.floor(rows / 10)));
  return {
    kind: "own_series",
    upload: upload.id,
    rows,
    column: numbers.at(-1)?.name ?? "",
    dates: dates[0]?.name ?? "",
    earliest: dates[0]?.earliest ?? "",
    window,
    samples: Math.max(50, Math.min(MOST, rows - window)),
  };
}
