/** One text of one's own: what was found in it, how it begins, and how much of it is used. */

import { h } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { partOf } from "../api/parts.js";
import { experiment } from "../editor/document.js";
import { patched } from "../editor/patch.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";
import { ProblemList } from "../ui/field.js";
import { SchemaForm } from "../ui/form.js";
import { Encoding } from "./readAgain.js";
import { fileOf, postAgain } from "./uploads.js";
import { Using } from "./using.js";
import { usePlan } from "./usePlan.js";

/** @typedef {import("./uploads.js").Upload} Upload */

const PLACE = "/dataset";
const SEEN = ["samples", "window"];
const KEPT = SEEN.map((name) => `${PLACE}/${name}`);

/** @param {{upload: Upload, onUsed: () => void}} props */
export function TextPage({ upload, onUsed }) {
  const start = useMemo(() => startOf(upload), [upload.id]);
  const [chosen, setChosen] = useState({ id: upload.id, dataset: start });
  const dataset = chosen.id === upload.id ? chosen.dataset : start; // read again, it is another upload
  const latest = useRef(dataset); // fields that are not drawn again keep their functions
  latest.current = dataset;
  const planning = usePlan(dataset, "language_model", () => experiment.peek().task?.kind === "language_model");
  const edit = (/** @type {import("../api/client.js").Edit[]} */ edits) =>
    setChosen({ id: upload.id, dataset: patched({ dataset: latest.current }, edits).dataset });
  const problems = (planning.planned?.problems ?? []).filter(({ place }) => KEPT.includes(place));
  const schema = partOf("datasets", "own_text")?.schema;
  const known = fileOf(upload.id);
  return h(
    "div",
    { class: "own-page" },
    h("p", { class: "fine" }, summary(upload)),
    h(ProblemList, { hints: true, problems: upload.warnings }),
    h(
      "pre",
      { class: "own-beginning", tabIndex: 0, "aria-label": t("own", "How the text begins") },
      upload.beginning ?? "",
    ),
    h(Encoding, { upload }),
    known &&
      h(
        "p",
        null,
        h(
          Button,
          { onClick: () => void postAgain(upload, { ...known.said, kind: "own_table" }) },
          t("own", "It is a table: read its columns"),
        ),
      ),
    schema &&
      h(SchemaForm, {
        schema,
        value: dataset,
        place: PLACE,
        problems,
        onEdit: edit,
        context: "datasets",
        only: SEEN,
      }),
    h(Using, {
      planning,
      small: t("own", "An embedding and an LSTM of 64 units."),
      elsewhere: KEPT,
      edit,
      file: upload.name,
      onUsed,
    }),
  );
}

/** The text as the document has it, if it does; else as the server offers it. @param {Upload} upload */
function startOf(upload) {
  const now = experiment.peek().dataset;
  return now?.upload === upload.id && now.kind === upload.kind ? now : upload.dataset;
}

/** @param {Upload} upload */
function summary({ count, different = 0, lines = 0, encoding = "" }) {
  return t("own", "{characters} characters, {different} different ones, in {lines} lines, written in {encoding}.", {
    characters: formatNumber(count),
    different: formatNumber(different),
    lines: formatNumber(lines),
    encoding: encoding.toUpperCase(),
  });
}
