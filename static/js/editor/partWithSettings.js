/** One part of a family with its settings: some in sight, the others folded away. */

import { h } from "preact";
import { defaultAt, families } from "../api/parts.js";
import { t } from "../i18n/t.js";
import { Select } from "../ui/controls.js";
import { SchemaForm } from "../ui/form.js";
import { isHidden, isLocked } from "../ui/shown.js";
import { report } from "./checking.js";
import { partEdits } from "./choosing.js";
import { goesOn } from "./currentRun.js";
import { edit, experiment } from "./document.js";
import { More } from "../ui/more.js";
import { valueAt } from "./patch.js";

const TITLES = () => ({
  optimizers: t("editor", "Optimizer"),
  schedules: t("editor", "Schedule"),
  losses: t("editor", "Loss"),
  tokenizers: t("editor", "Tokenizer"),
});

/**
 * @param {object} props
 * @param {import("../api/parts.js").Family} props.family
 * @param {string} props.place in the document
 * @param {string} [props.title]
 * @param {string[]} [props.first] settings in sight; all where it is left out
 * @param {boolean} [props.alone] without its settings
 */
export function PartWithSettings({ family, place, title, first, alone = false }) {
  if (isHidden(place)) return null;
  const document = experiment.value;
  const value = valueAt(document, place) ?? defaultAt(document, place) ?? {};
  const all = families.value[family] ?? [];
  const fitting = family === "losses" ? report.value?.losses : undefined; // those that fit what is learned
  const parts = all.filter(({ kind }) => !fitting || fitting.includes(kind) || kind === value.kind);
  const part = parts.find((candidate) => candidate.kind === value.kind);
  const problems = (report.value?.problems ?? []).filter(
    (problem) => problem.place === place || problem.place.startsWith(`${place}/`),
  );
  const inner = problems.filter((problem) => problem.place !== place);
  const settings = alone ? [] : Object.keys(part?.schema.properties ?? {}).filter((name) => name !== "kind");
  const shown = first ?? settings;
  const others = settings.filter((name) => !shown.includes(name));
  const shared = { place, problems: inner, onEdit: edit, context: family, live: goesOn };
  const form = part && { schema: part.schema, value, ...shared };
  /** @param {string} kind */
  const choose = (kind) => {
    const next = parts.find((candidate) => candidate.kind === kind);
    if (next) edit(partEdits(place, valueAt(experiment.peek(), place), part, next));
  };
  return h(
    "fieldset",
    { class: "part-choice form locked", disabled: isLocked(place) },
    h(Select, {
      label: title ?? /** @type {Record<string, string>} */ (TITLES())[family],
      help: part && { text: part.help, formula: part.formula },
      problems: problems.filter((problem) => problem.place === place),
      onFix: (fix) => edit(fix.edits),
      value: value.kind ?? "",
      options: parts.map((choice) => ({ value: choice.kind, title: choice.title })),
      onInput: choose,
    }),
    form && shown.length > 0 && h(SchemaForm, { key: value.kind, ...form, only: shown }),
    form &&
      others.length > 0 &&
      h(
        More,
        {
          key: `more ${value.kind}`,
          name: `${family}-${value.kind}`,
          title: t("editor", "{part}: more settings", { part: part?.title ?? "" }),
          open: inner.some((problem) => others.some((name) => problem.place === `${place}/${name}`)),
        },
        h(SchemaForm, { ...form, only: others }),
      ),
  );
}
