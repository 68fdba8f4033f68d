/** The strip along the bottom: how it went, and what it says; it folds as one. */

import { signal } from "@preact/signals-core";
import { h } from "preact";
import { Curves } from "../charts/curves.js";
import { Scrubber } from "../charts/scrubber.js";
import { t } from "../i18n/t.js";
import { WhatYouSee } from "../live/whatYouSee.js";
import { IconButton } from "../ui/controls.js";
import { ProblemList } from "../ui/field.js";
import { isHidden } from "../ui/shown.js";
import { nameOfLayer } from "./carAt.js";
import { report } from "./checking.js";
import { run, train } from "./currentRun.js";
import { edit, experiment, name } from "./document.js";
import { PresetTry } from "./presetLine.js";
import { folded, foldOrUnfold } from "./panel.js";

const BESIDE = ["classification", "regression"]; // tasks that simpler methods can do too
const LATER = 1200; // milliseconds

/** Whether the charts stand there before they have anything to draw: a moment after the page has opened. */
const wanted = signal(false);
setTimeout(() => (wanted.value = true), LATER);

/** @param {{own: import("./currentRun.js").Run | null, testOpened: boolean, onFrame: (step: number | null) => void}} props
 *   `own` is the run of the document on the page, null where the document is another by now */
export function Strip({ own, testOpened, onFrame }) {
  if (isHidden("curves")) return null;
  const now = run.value;
  const closed = folded.value.includes("strip");
  const fold = h(IconButton, {
    icon: closed ? "chevronRight" : "chevron",
    look: "quiet",
    class: "fold",
    label: closed ? t("page", "Unfold the curves") : t("page", "Fold the curves"),
    expanded: !closed,
    onClick: () => foldOrUnfold("strip"),
  });
  if (closed) return h("section", { class: "strip folded" }, fold, h("h2", null, t("page", "Curves")));
  return h(
    "div",
    { class: "strip", id: "curves", tabIndex: -1 },
    h(
      "div",
      { class: "strip-curves" },
      fold,
      h(wanted.value || now ? Curves : Waiting, {
        runs: now ? [{ run: now, title: name.value || t("page", "This run") }] : [],
        testOpened: own !== null && testOpened,
        nameOf: own ? nameOfLayer : undefined,
        experiment: BESIDE.includes(experiment.value.task?.kind) ? experiment.value : undefined,
      }),
      now && h(Scrubber, { run: now, onFrame }),
    ),
    h(
      "div",
      { class: "strip-see" },
      h(Advice, null),
      h(WhatYouSee, { run: own, experiment: experiment.value, onEdit: edit, onTrain: train }),
      h(PresetTry, null),
    ),
  );
}

/** The room of the curves until then. */
function Waiting() {
  return h("section", { class: "curves" });
}

/** All that keeps the experiment from training, and advice: wherever its field is, here it is in sight. */
function Advice() {
  const { problems = [], hints = [] } = report.value ?? {};
  const onFix = (/** @type {import("../api/client.js").Fix} */ fix) => edit(fix.edits);
  return h(
    "div",
    { class: "advice" },
    h(ProblemList, { problems, onFix }),
    h(ProblemList, { problems: hints, onFix, hints: true }),
  );
}
