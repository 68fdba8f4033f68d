/** What goes in: which data, how much of it, what the network is told of each sample, how it is split. */

import { h } from "preact";
import { partOf } from "../api/parts.js";
import { t } from "../i18n/t.js";
import { OwnRows } from "../views/ownRows.js";
import { Button, IconButton } from "../ui/controls.js";
import { ProblemList } from "../ui/field.js";
import { SchemaForm } from "../ui/form.js";
import { Popover } from "../ui/popover.js";
import { filled } from "../ui/schema.js";
import { isLocked } from "../ui/shown.js";
import { DataPreview } from "../views/dataPreview.js";
import { isPicture, isSeries } from "../views/points.js";
import { ClassBalance } from "./balance.js";
import { openedProblems, preview, report } from "./checking.js";
import { goesOn } from "./currentRun.js";
import { edit, experiment } from "./document.js";
import { Drawing } from "./drawing.js";
import { Features } from "./features.js";
import { More } from "../ui/more.js";
import { OwnHere } from "./ownData.js";
import { Panel } from "./panel.js";
import { PartWithSettings } from "./partWithSettings.js";
import { SplitBar } from "./splitBar.js";
import { TaskChoice } from "./taskChoice.js";
import { DatasetChoice } from "./thumbnails.js";
import { lazy } from "../ui/lazy.js";

const Augmentation = lazy(() => import("../pages/seldom.js").then((module) => module.Augmentation));

const APART = ["features", "formulas", "validation", "test", "tokenizer"];
const FIRST = ["samples", "noise"]; // in sight
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
      !isLocked(PLACE) && h(OwnHere, { dataset }),
      h(TaskChoice, null),
      part?.supplied_by === "drawing" && !isLocked(PLACE) && h(Drawing, { points: dataset.points ?? [] }),
      // of its own for each kind: a form that became another would hold all that it was before
      part && h(DataForm, { key: dataset.kind, part, dataset }),
    ),
  );
}

/** @param {{part: import("../api/parts.js").Part, dataset: Record<string, any>}} props */
function DataForm({ part, dataset }) {
  const told = report.value?.problems ?? [];
  const alike =
    (/** @type {{place: string, detail: string}} */ problem) =>
    (/** @type {{place: string, detail: string}} */ other) =>
      problem.place === other.place && problem.detail === other.detail;
  const others = openedProblems.value.filter((problem) => !told.some(alike(problem)));
  const problems = [...told, ...others].filter((problem) => problem.place.startsWith(PLACE));
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
  const settings = Object.keys(part.schema.properties ?? {}).filter(
    (name) => ![...APART, ...SELDOM, "kind", ...(part.apart ?? [])].includes(name),
  );
  const first = settings.filter((name) => FIRST.includes(name));
  const seldom = SELDOM.filter(has);
  return h(
    "div",
    { class: "form" },
    h(SchemaForm, { ...shared, only: first }),
    h(ProblemList, {
      problems: problems.filter(({ place }) => part.apart?.includes(place.split("/")[2])),
      onFix: (fix) => edit(fix.edits),
    }),
    h(SplitBar, { validation: whole.validation, test: whole.test, counts: report.value?.data, problems: split }),
    has("tokenizer") && h(PartWithSettings, { family: "tokenizers", place: `${PLACE}/tokenizer` }),
    has("features") && h(Features, { schema: part.schema, value: /** @type {any} */ (whole), problems }),
    h(Popover, {
      label: t("editor", "More of the data"),
      class: "data-card",
      sides: ["right", "below", "above"],
      trigger: (attributes) =>
        h(
          Button,
          { look: "quiet", class: "data-more", attributes: { ...attributes, title: undefined } },
          t("editor", "More of the data"),
          " ▸",
        ),
      children: () => h(Rest, { form: { ...shared, only: settings.filter((name) => !FIRST.includes(name)) }, seldom }),
    }),
  );
}

/** What is seldom changed, and a look at the samples. @param {{form: any, seldom: string[]}} props */
function Rest({ form, seldom }) {
  const dataset = experiment.value.dataset ?? {};
  const now = {
    ...form,
    value: dataset,
    problems: (report.value?.problems ?? []).filter(({ place }) => place !== PLACE),
  };
  return h(
    "div",
    { class: "form" },
    h(SchemaForm, now),
    h(SchemaForm, { ...now, only: seldom }),
    h(ClassBalance, { preview: preview.value }),
    preview.value &&
      h(
        More,
        { name: "samples", title: t("editor", "All samples"), late: true },
        partOf("datasets", dataset.kind)?.by_column
          ? h(OwnRows, { preview: preview.value, dataset: /** @type {any} */ (dataset) })
          : h(DataPreview, { preview: preview.value }),
      ),
    (isPicture(preview.value) || isSeries(preview.value)) && h(Augmentation, null),
  );
}
