/** What is learned from the data: the tasks that fit them. */

import { h } from "preact";
import { families } from "../api/parts.js";
import { t } from "../i18n/t.js";
import { Select } from "../ui/controls.js";
import { isLocked } from "../ui/shown.js";
import { report } from "./checking.js";
import { edit, experiment } from "./document.js";
import { choose } from "./settling.js";

const PLACE = "/task";

export function TaskChoice() {
  const value = experiment.value.task ?? {};
  const others = report.value?.tasks ?? {};
  const parts = (families.value.tasks ?? []).filter(({ kind }) => kind === value.kind || kind in others);
  const part = parts.find(({ kind }) => kind === value.kind);
  const problems = (report.value?.problems ?? []).filter(({ place }) => `${place}/`.startsWith(`${PLACE}/`));
  if (!part) return null;
  return h(
    "fieldset",
    { class: "task-choice form locked", disabled: isLocked(PLACE) },
    h(Select, {
      label: t("editor", "Task"),
      help: { text: part.help },
      problems: problems.filter(({ place }) => place === PLACE),
      onFix: (fix) => edit(fix.edits),
      value: part.kind,
      options: parts.map(({ kind, title }) => ({ value: kind, title })),
      onInput: (kind) => void choose(report.peek()?.tasks?.[kind] ?? []),
    }),
  );
}
