/** How it learns: optimizer, rate, batches, schedule, loss, what keeps it simple, when it stops. */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { SchemaForm } from "../ui/form.js";
import { filled, resolved } from "../ui/schema.js";
import { report } from "./checking.js";
import { goesOn } from "./currentRun.js";
import { edit, experiment } from "./document.js";
import { More } from "./more.js";
import { Panel } from "./panel.js";
import { families, forms } from "./parts.js";
import { PartWithSettings } from "./partWithSettings.js";
import { ScheduleCurve } from "./scheduleCurve.js";

const STOPS = ["steps", "seconds", "target", "early_stopping"];

export function TrainingPanel() {
  const document = experiment.value;
  const problems = report.value?.problems ?? [];
  const form = forms.value.training;
  const training = {
    schema: form,
    value: document.training ?? {},
    place: "/training",
    problems,
    onEdit: edit,
    context: "experiment",
    live: goesOn,
  };
  const schedule = report.value?.schedule;
  const rate = Number(chosen("optimizers", document.optimizer)?.lr ?? 0);
  return h(
    Panel,
    { name: "training", title: t("page", "Training") },
    h(PartWithSettings, {
      family: "optimizers",
      place: "/optimizer",
      title: t("editor", "Optimizer"),
      first: ["lr"],
      kept: ["lr", "weight_decay"],
      start: "adam",
    }),
    form && h(SchemaForm, { ...training, only: ["batch_size"] }),
    h(PartWithSettings, {
      family: "schedules",
      place: "/schedule",
      title: t("editor", "Schedule"),
      first: [],
      kept: ["warmup"],
      start: "constant",
    }),
    schedule && h(ScheduleCurve, { schedule, rate }),
    h(PartWithSettings, { family: "losses", place: "/loss", title: t("editor", "Loss"), first: [], kept: [] }),
    form && h(SchemaForm, { ...training, only: ["epochs"] }),
    form &&
      h(
        More,
        { name: "regularization", title: t("editor", "Regularisation") },
        h(SchemaForm, inner(training, "regularization")),
      ),
    form && h(More, { name: "stops", title: t("editor", "Stop rules") }, h(SchemaForm, { ...training, only: STOPS })),
    form && h(More, { name: "threads" }, h(SchemaForm, { ...training, only: ["threads"] })),
  );
}

/** A form's inner object as a form of its own.
 * @param {import("../ui/form.js").FormProps} form @param {string} name @returns {import("../ui/form.js").FormProps} */
function inner(form, name) {
  const { schema } = resolved(form.schema.properties[name], form.schema);
  return { ...form, schema, root: form.schema, value: form.value[name] ?? {}, place: `${form.place}/${name}` };
}

/** A part's settings with those the document leaves out. @param {import("./parts.js").Family} family @param {any} value */
function chosen(family, value) {
  const part = families.value[family]?.find((one) => one.kind === value?.kind);
  return part && filled(value, part.schema);
}
