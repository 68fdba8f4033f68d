/** What stands in the panel "What you see": what the run says in words, with one click that tries something better. */

import { h } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";
import { say } from "../ui/live.js";
import { diagnose } from "./diagnosis.js";
import { metricTitle } from "./metricNames.js";
import { resources } from "./words.js";

/** @typedef {import("./run.js").Run} Run */
/** @typedef {import("./diagnosis.js").Edit} Edit */
/** @typedef {import("./diagnosis.js").Sentence} Sentence */

/**
 * @param {object} props
 * @param {Run | null} props.run
 * @param {any} props.experiment the document on the page
 * @param {(edits: Edit[]) => void} props.onEdit
 * @param {() => void} [props.onTrain] makes a new run of the document
 */
export function WhatYouSee({ run, experiment, onEdit, onTrain }) {
  // looks only where something was evaluated, warned or finished, not at every point
  void run?.evaluation.value;
  void run?.warnings.value;
  const course = run && {
    evaluations: run.evaluations,
    warnings: run.warnings.value,
    finished: run.finished.value,
  };
  const findings = diagnose(course, experiment);
  const warning = findings.find(({ tone }) => tone === "warning");
  const aloud = warning ? words(warning.sentence) : "";
  useEffect(() => {
    if (aloud) say(aloud, true);
  }, [aloud]);
  return h(
    "div",
    { class: "what-you-see" },
    findings.map(({ tone, head, sentence, fix }) =>
      h(
        "div",
        { class: `finding ${tone}`, key: sentence.template },
        h("p", null, head && h("b", null, `${words(head)} `), words(sentence)),
        fix &&
          h(
            Button,
            {
              class: "fix",
              onClick: () => {
                onEdit(fix.edits);
                onTrain?.();
              },
            },
            words(fix.title),
          ),
      ),
    ),
    run && h(Resources, { run }),
  );
}

/** What the run has cost. @param {{run: Run}} props */
export function Resources({ run }) {
  const pieces = resources(run.speed.value);
  if (pieces.length === 0) return null;
  return h(
    "p",
    { class: "resources", "aria-label": t("live", "What this run cost") },
    pieces.map(({ text, title }) => h("span", { key: title, title }, text)),
  );
}

/**
 * A sentence in the language of the page; names of metrics in it are translated too.
 * @param {Sentence | string} sentence
 */
function words(sentence) {
  if (typeof sentence === "string") return t("doctor", sentence);
  const values = { ...sentence.values };
  if (typeof values.metric === "string") values.metric = metricTitle(values.metric);
  return t("doctor", sentence.template, values);
}
