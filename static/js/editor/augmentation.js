/** How training pictures are changed a little each time they are learned from, shown on a few of them. */

import { effect, signal } from "@preact/signals-core";
import { h } from "preact";
import { useEffect } from "preact/hooks";
import { ApiProblem, post } from "../api/client.js";
import { forms } from "../api/parts.js";
import { sizesOf } from "../api/shapes.js";
import { t } from "../i18n/t.js";
import { SchemaForm } from "../ui/form.js";
import { filled, resolved } from "../ui/schema.js";
import { Masked } from "../views/masked.js";
import { onPaper, Picture } from "../views/pictures.js";
import { isSeries } from "../views/points.js";
import { rangeOf, Strip } from "../views/strip.js";
import { preview, report } from "./checking.js";
import { goesOn } from "./currentRun.js";
import { edit, experiment } from "./document.js";
import { More } from "../ui/more.js";

/** @typedef {{row: number, original: number[], augmented: number[][], mask?: number[], augmented_masks?: number[][]}} Changed */

const PLACE = "/training/augmentation";
const QUIET = 250; // milliseconds without an edit before it is asked
const ROWS = 2; // samples that are shown
const COUNT = 6; // versions of each
const WHITE = 255;

const changed = signal(/** @type {Changed[]} */ ([]));

/** Whether the document changes its pictures at all; else there is nothing to show. @param {any} document */
const isOn = (document) => Object.values(document.training?.augmentation ?? {}).some(Boolean);

/** Asks while somebody looks. @returns {() => void} ends it */
function watch() {
  let timer = 0;
  /** @type {AbortController | null} */
  let asked = null;
  let last = "";
  const stop = effect(() => {
    const [document, shown] = [experiment.value, preview.value];
    const key = JSON.stringify([document.dataset, document.training?.augmentation, document.seed]);
    if (key === last || !shown) return;
    last = key;
    clearTimeout(timer);
    asked?.abort();
    if (!isOn(document)) return void (changed.value = []);
    timer = window.setTimeout(async () => {
      const own = (asked = new AbortController());
      const question = { experiment: document, rows: (shown.rows ?? []).slice(0, ROWS), count: COUNT };
      try {
        const answer = await post("/api/experiments/augmented", question, { signal: own.signal });
        if (!own.signal.aborted) changed.value = answer.rows;
      } catch (problem) {
        if (own.signal.aborted) return;
        changed.value = [];
        last = ""; // asked again with the next edit
        if (!(problem instanceof ApiProblem)) throw problem; // what it refuses, the report tells
      }
    }, QUIET);
  });
  return () => {
    stop();
    clearTimeout(timer);
    asked?.abort();
  };
}

export function Augmentation() {
  const training = forms.value.training;
  const field = training?.properties?.augmentation;
  if (!field) return null;
  const { schema } = resolved(field, training);
  const problems = (report.value?.problems ?? []).filter(({ place }) => place.startsWith(PLACE));
  const value = experiment.value.training?.augmentation ?? {};
  return h(
    More,
    { name: "augmentation", title: t("editor", "Augmentation"), open: problems.length > 0, late: true },
    h("p", { class: "quiet" }, t("editor", "Every time a training sample is learned from, it is changed a little, so that the network learns what stays the same. Validation and test samples stay as they are.")), // prettier-ignore
    h(Shown, null),
    h(SchemaForm, {
      schema,
      root: training,
      value: filled(value, schema, training),
      place: PLACE,
      problems,
      onEdit: edit,
      context: "experiment",
      live: goesOn,
    }),
  );
}

/** A few samples, each with versions of it as the network will see them. */
function Shown() {
  useEffect(watch, []);
  const data = preview.value;
  if (!data || changed.value.length === 0) return null;
  return h(
    "div",
    { class: "augmented", role: "group", "aria-label": t("editor", "Samples, and what the network sees of them") },
    changed.value.map((sample) =>
      h(
        "div",
        { key: sample.row, class: `augmented-row${isSeries(data) ? " series" : ""}` },
        h(Version, { levels: sample.original, mask: sample.mask, data }),
        h("span", { class: "becomes", "aria-hidden": "true" }, "→"),
        sample.augmented.map((levels, at) => h(Version, { key: at, levels, mask: sample.augmented_masks?.[at], data })),
      ),
    ),
  );
}

/** @param {{levels: any[], mask?: number[], data: import("../views/points.js").Preview}} props */
function Version({ levels, mask, data }) {
  const { classes } = data;
  const shape = sizesOf(data.shape);
  const light = { white: WHITE, paper: onPaper(data) };
  if (mask) return h(Masked, { levels, shape, light, truth: mask, predicted: mask, classes });
  if (isSeries(data)) return h(Strip, { levels: levels.flat(2), shape, range: rangeOf(data) });
  return h(Picture, { levels, shape, light });
}
