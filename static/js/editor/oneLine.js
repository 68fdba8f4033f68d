/** The one line of prose: what is asked before training, what is seen during it, what came of it; with one button.
 * What it rests on, and what else can be tried, opens under "Why". */

import { h } from "preact";
import { useEffect } from "preact/hooks";
import { partOf } from "../api/parts.js";
import { t } from "../i18n/t.js";
import { phasesOf, StepPhases } from "../live/phases.js";
import { words } from "../live/sentences.js";
import { NOT_STARTED, verdictAt } from "../live/verdict.js";
import { Waiting } from "../live/waiting.js";
import { Button } from "../ui/controls.js";
import { lazy } from "../ui/lazy.js";
import { say } from "../ui/live.js";
import { Popover } from "../ui/popover.js";
import { report, trouble } from "./checking.js";
import { own, train } from "./currentRun.js";
import { edit, experiment } from "./document.js";
import { instant } from "./instant.js";
import { lookedAt } from "./moment.js";
import { changes } from "./patch.js";
import { spoken, tryIt } from "./presets.js";
import { view } from "./sharing.js";

const Why = lazy(() => import("../pages/seldom.js").then((module) => module.Why));

/** What the line says. @typedef {{what: string, tone: "good" | "plain" | "warning", head?: string, sentence: string,
 *   button?: {title: string, onClick: () => void}}} Told */

export function Line() {
  const stepped = phasesOf(own.value);
  const told = toldNow();
  const aloud = told.tone === "warning" ? told.what : "";
  useEffect(() => {
    if (aloud) say(told.sentence, { now: true, about: "verdict" }); // once, however its numbers change
  }, [aloud]);
  if (stepped)
    return h(
      "section",
      { class: "line", id: "line" },
      h(StepPhases, {
        stepped,
        run: /** @type {any} */ (own.value),
        task: partOf("tasks", experiment.value.task?.kind),
      }),
    );
  const { what, tone, head, sentence, button } = told;
  return h(
    "section",
    { class: `line finding ${tone}`, id: "line", "data-what": what, "aria-label": t("page", "What you see") },
    own.value && h(Waiting, { run: own.value }), // in place of all else, while it waits
    h("p", null, head && h("b", null, head, " "), sentence),
    button && h(Button, { class: "fix", onClick: button.onClick }, button.title),
    h(Popover, {
      label: t("page", "Why"),
      class: "why",
      trigger: (attributes) =>
        h(Button, { look: "quiet", attributes }, t("page", "Why"), report.value?.hints?.length ? " •" : ""),
      children: (/** @type {() => void} */ close) => h(Why, { onClose: close }),
    }),
  );
}

/** @returns {Told} */
function toldNow() {
  const { problems = [], hints = [] } = report.value ?? {};
  if (trouble.value) return { what: "trouble", tone: "warning", sentence: trouble.value };
  if (problems.length > 0) return { what: "problem", tone: "warning", ...withFix(problems[0]) };
  if (instant.value) {
    const sentence = t(
      "page",
      "each change trains a whole new network from its first weights to its last epoch, and you see how it ended.",
    );
    return { what: "instant", tone: "plain", head: t("page", "Instant:"), sentence };
  }
  const judged = verdictNow();
  if (judged) return judged;
  const preset = spoken.value;
  const { text } = view.value;
  if (text) return { what: "text", tone: "plain", sentence: text };
  if (preset && isTried()) return { what: "try", tone: "plain", sentence: preset.try_this };
  if (preset) return { what: "question", tone: "plain", head: preset.question, sentence: preset.summary };
  if (own.value) return { what: "early", tone: "plain", sentence: t("page", "Too early to say how it goes.") };
  if (hints.length > 0) return { what: "hint", tone: "warning", ...withFix(hints[0]) };
  return { what: NOT_STARTED.what, tone: "plain", ...said(NOT_STARTED) };
}

/** What the run of the document says at the moment that is shown. @returns {Told | null} */
function verdictNow() {
  const run = own.value;
  if (!run) return null;
  const finished = run.finished.value;
  const step = lookedAt.value?.step ?? null;
  const verdict = verdictAt({ verdicts: run.verdicts.value, warnings: run.warnings.value, finished }, step);
  const ended = finished && step === null ? finished.sentence : null;
  if (!verdict) return ended && { what: "ended", tone: "plain", sentence: words(ended), button: another() };
  const { fix } = verdict;
  const repair = fix && changes(experiment.value, fix.edits) && repairing(fix);
  return {
    what: verdict.what,
    tone: verdict.tone,
    ...said(verdict),
    button: repair || (ended ? another() : undefined),
  };
}

/** @param {NonNullable<import("../live/verdict.js").Verdict["fix"]>} fix */
function repairing(fix) {
  return {
    title: words(fix.title),
    onClick: () => {
      edit(fix.edits);
      void train();
    },
  };
}

/** What comes after the open experiment: its second stage, or what it suggests to try where that is not done. */
function another() {
  const preset = spoken.value;
  const run = own.value;
  const next = preset?.next;
  if (next && run) {
    const onClick = () => void import("../pages/seldom.js").then(({ openStage }) => openStage(next, run.id));
    return { title: t("editor", "On to the second stage"), onClick };
  }
  if (!preset?.try_edits?.length || isTried()) return undefined;
  return { title: t("editor", "Try this"), onClick: tryIt };
}

const isTried = () => {
  const edits = spoken.value?.try_edits ?? [];
  return edits.length > 0 && !changes(experiment.value, edits);
};

/** @param {import("../live/verdict.js").Verdict} verdict */
const said = ({ head, sentence }) => ({ head: head && words(head), sentence: words(sentence) });

/** @param {import("../api/client.js").Problem} problem */
const withFix = ({ detail, fixes: [fix] }) => ({
  sentence: detail,
  button: fix && { title: fix.title, onClick: () => edit(fix.edits) },
});
