/** What the line rests on, in whole sentences: the question, the verdict with its numbers, advice, and what to try next. */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { Resources, words } from "../live/sentences.js";
import { verdictAt } from "../live/verdict.js";
import { Button } from "../ui/controls.js";
import { ProblemList } from "../ui/field.js";
import { report } from "./checking.js";
import { own } from "./currentRun.js";
import { edit, experiment } from "./document.js";
import { instant } from "./instant.js";
import { ManyButtons } from "./manyWindows.js";
import { lookedAt } from "./moment.js";
import { changes } from "./patch.js";
import { spoken, tryIt } from "./presets.js";
import { Stages } from "./stages.js";

/** @param {{onClose: () => void}} props */
export function Why({ onClose }) {
  const { problems = [], hints = [] } = report.value ?? {};
  const preset = spoken.value;
  const run = own.value;
  const onFix = (/** @type {import("../api/client.js").Fix} */ fix) => edit(fix.edits);
  return h(
    "div",
    { class: "why-body" },
    preset && h("p", null, h("b", null, preset.question), " ", preset.summary),
    instant.value && h("p", null, INSTANT()),
    run && h(Judged, { run }),
    h(ProblemList, { problems, onFix }),
    h(ProblemList, { problems: hints, onFix, hints: true }),
    preset?.try_edits?.length &&
      changes(experiment.value, preset.try_edits) &&
      h(
        "div",
        { class: "preset-try" },
        h("p", null, preset.try_this),
        h(
          Button,
          {
            class: "fix",
            title: t("editor", "Makes this change; undo takes it back."),
            onClick: () => (onClose(), tryIt()),
          },
          t("editor", "Try this"),
        ),
      ),
    h(Stages, null),
    h(ManyButtons, { onOpen: onClose }),
    run && h(Resources, { run }),
  );
}

const INSTANT = () =>
  t(
    "page",
    "Drag a slider slowly. Where the picture changes little, the setting hardly matters; where it jumps, training is delicate. Nothing is recorded: press Train to keep a run.",
  );

/** The verdict, and how the run ended. @param {{run: import("./currentRun.js").Run}} props */
function Judged({ run }) {
  const finished = run.finished.value;
  const step = lookedAt.value?.step ?? null;
  const verdict = verdictAt({ verdicts: run.verdicts.value, warnings: run.warnings.value, finished }, step);
  const ended = finished && step === null && finished.sentence.template !== verdict?.sentence.template;
  return [
    verdict && h("p", { key: "v" }, verdict.head && h("b", null, words(verdict.head), " "), words(verdict.sentence)),
    ended && h("p", { key: "e", class: "ending" }, words(finished.sentence)),
  ];
}
