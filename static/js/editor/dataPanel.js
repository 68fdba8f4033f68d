/** What goes in: which data, how much of it, what the network is told of each sample, how it is split. */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { OwnRows } from "../own/rows.js";
import { IconButton } from "../ui/controls.js";
import { ProblemList } from "../ui/field.js";
import { SchemaForm } from "../ui/form.js";
import { filled } from "../ui/schema.js";
import { isLocked } from "../ui/shown.js";
import { DataPreview } from "../views/dataPreview.js";
import { isPicture, isSeries } from "../views/points.js";
import { Augmentation } from "./augmentation.js";
import { ClassBalance } from "./balance.js";
import { preview, report } from "./checking.js";
import { goesOn } from "./currentRun.js";
import { edit, experiment } from "./document.js";
import { Drawing } from "./drawing.js";
import { Features } from "./features.js";
import { More } from "./more.js";
import { chosenApart, OwnDataButton } from "./ownData.js";
import { Panel } from "./panel.js";
import { partOf } from "./parts.js";
import { SplitBar } from "./splitBar.js";
import { DatasetChoice } from "./thumbnails.js";

const APART = ["features", "formulas", "validation", "test", "points"];
const SELDOM = ["label_noise", "standardize", "seed"];
const PLACE = "/dataset";

export function DataPanel() {
  const dataset = experiment.value.dataset ?? {};
  const part = partOf("datasets", dataset.kind);
  const newSample = h(IconButton, {
    icon: "dice",
    look: "quiet",
    label: t("editor", "Draw other samples"),
    onClick: () => edit([{ op: "replace", path: "/dataset/seed", value: Math.floor(Math.random() * 10_000) }]),
  });
  return h(
    Panel,
    { name: "data", title: t("page", "Data"), beside: newSample },
    h(
      "fieldset",
      { class: "locked", disabled: isLocked(PLACE) },
      h(DatasetChoice, null),
      !isLocked(PLACE) && h(OwnDataButton, { dataset }),
      dataset.kind === "points" && !isLocked(PLACE) && h(Drawing, { points: dataset.points ?? [] }),
      part && h(DataForm, { part, dataset }),
    ),
  );
}

/** @param {{part: import("./parts.js").Part, dataset: Record<string, any>}} props */
function DataForm({ part, dataset }) {
  const problems = (report.value?.problems ?? []).filter((problem) => problem.place.startsWith(PLACE));
  const whole = filled(dataset, part.schema);
  const shared = {
    schema: part.schema,
    value: dataset,
    place: PLACE,
    problems,
    onEdit: edit,
    context: "datasets",
    live: goesOn,
  };
  const has = (/** @type {string} */ name) => name in (part.schema.properties ?? {});
  const split = problems.filter(({ place }) => [`${PLACE}/validation`, `${PLACE}/test`].includes(place));
  return h(
    "div",
    { class: "form" },
    h(SchemaForm, { ...shared, without: [...APART, ...SELDOM, ...chosenApart(dataset)] }),
    h(ProblemList, {
      problems: problems.filter(({ place }) => ["points", ...chosenApart(dataset)].includes(place.split("/")[2])),
      onFix: (fix) => edit(fix.edits),
    }),
    has("features") && h(Features, { schema: part.schema, value: /** @type {any} */ (whole), problems }),
    h(SplitBar, { validation: whole.validation, test: whole.test, counts: report.value?.data, problems: split }),
    h(ClassBalance, { preview: preview.value }),
    preview.value &&
      h(
        More,
        { name: "samples", title: t("editor", "All samples"), late: true },
        dataset.kind === "own_table"
          ? h(OwnRows, { preview: preview.value, dataset: /** @type {any} */ (dataset) })
          : h(DataPreview, { preview: preview.value }),
      ),
    (isPicture(preview.value) || isSeries(preview.value)) && h(Augmentation, null),
    h(
      More,
      { name: "data", open: problems.some(({ place }) => SELDOM.some((field) => place === `${PLACE}/${field}`)) },
      h(SchemaForm, { ...shared, only: SELDOM, problems: problems.filter(({ place }) => place !== PLACE) }),
    ),
  );
}
