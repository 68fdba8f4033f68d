/** How it learns, but for what stands in the bar: the optimizer's other settings, schedule, loss, when it stops. */

import { h } from "preact";
import { families, forms, partOf } from "../api/parts.js";
import { t } from "../i18n/t.js";
import { kindOf, metricTitle } from "../live/metricNames.js";
import { SchemaForm } from "../ui/form.js";
import { More } from "../ui/more.js";
import { filled } from "../ui/schema.js";
import { report } from "./checking.js";
import { goesOn } from "./currentRun.js";
import { edit, experiment } from "./document.js";
import { PartWithSettings } from "./partWithSettings.js";
import { ScheduleCurve } from "./scheduleCurve.js";

const FIRST = ["batch_size", "epochs"];
const STOPS = ["steps", "seconds", "target", "early_stopping"];

/** @param {{without: string[]}} props places that stand elsewhere */
export function TrainingForm({ without }) {
  const document = experiment.value;
  const problems = report.value?.problems ?? [];
  const form = measuredBy(
    forms.value.training,
    partOf("tasks", document.task?.kind),
    document.training?.target?.metric,
  );
  const shared = { problems, onEdit: edit, live: goesOn };
  const training = {
    ...shared,
    schema: form,
    value: document.training ?? {},
    place: "/training",
    context: "experiment",
  };
  const here = (/** @type {string} */ place) => !without.includes(place);
  const names = (/** @type {string[]} */ all) => all.filter((name) => here(`/training/${name}`));
  const pads = partOf("datasets", document.dataset?.kind)?.pads || document.training?.like_length;
  const seldom = ["regularization", "averaging", ...(pads ? ["like_length"] : []), "stepper", "threads"];
  const schedule = report.value?.schedule;
  const optimizer = partOf("optimizers", document.optimizer?.kind ?? "adam");
  const rate = Number(chosen("optimizers", document.optimizer)?.lr ?? 0);
  const task = partOf("tasks", document.task?.kind);
  /** @param {string} place @returns {string[]} names of its settings that stand elsewhere */
  const apart = (place) => without.filter((path) => path.startsWith(`${place}/`)).map((path) => path.split("/")[2]);
  return h(
    "div",
    { class: "form" },
    task &&
      h(SchemaForm, {
        key: task.kind,
        ...shared,
        schema: task.schema,
        value: document.task,
        place: "/task",
        context: "tasks",
        without: apart("/task"),
      }),
    here("/optimizer") && h(PartWithSettings, { family: "optimizers", place: "/optimizer", alone: true }),
    optimizer &&
      h(SchemaForm, {
        key: optimizer.kind,
        ...shared,
        schema: optimizer.schema,
        value: document.optimizer ?? {},
        place: "/optimizer",
        context: "optimizers",
        without: apart("/optimizer"),
      }),
    h(PartWithSettings, { family: "schedules", place: "/schedule", first: [] }),
    schedule && h(ScheduleCurve, { schedule, rate }),
    here("/loss") && h(PartWithSettings, { family: "losses", place: "/loss", first: [] }),
    form && h(SchemaForm, { ...training, only: names(FIRST) }),
    form && h(More, { name: "stops", title: t("editor", "Stop rules") }, h(SchemaForm, { ...training, only: STOPS })),
    form &&
      h(
        More,
        { name: "training", title: t("editor", "Seldom changed") },
        h(SchemaForm, { ...training, only: names(seldom) }),
      ),
  );
}

/** The form with the metrics of a task alone, to stop by, the most telling first; what the document says stays.
 * @param {any} form @param {import("../api/parts.js").Part | undefined} task @param {string} [said] @returns {any} */
function measuredBy(form, task, said) {
  const metric = form?.$defs?.Target?.properties?.metric;
  if (!form || !metric || !task) return form;
  const names = metric.enum.filter(
    (/** @type {string} */ name) => task.metrics?.includes(kindOf(name)) || name === said,
  );
  const labels = Object.fromEntries(names.map((/** @type {string} */ name) => [name, metricTitle(name)]));
  const own = { ...metric, enum: names, labels, default: `validation_${task.score}` };
  const target = { ...form.$defs.Target, properties: { ...form.$defs.Target.properties, metric: own } };
  return { ...form, $defs: { ...form.$defs, Target: target } };
}

/** A part's settings with those the document leaves out. @param {import("../api/parts.js").Family} family @param {any} value */
function chosen(family, value) {
  const part = families.value[family]?.find((candidate) => candidate.kind === value?.kind);
  return part && filled(value, part.schema);
}
