/** The strip along the bottom: how it went, and what it says; it folds as one. */

import { signal } from "@preact/signals-core";
import { h } from "preact";
import { partOf, titleOfSetting } from "../api/parts.js";
import { Curves } from "../charts/curves.js";
import { Scrubber } from "../charts/scrubber.js";
import { t } from "../i18n/t.js";
import { IconButton } from "../ui/controls.js";
import { isHidden } from "../ui/shown.js";
import { MetricTiles } from "../views/metrics.js";
import { SealedTest } from "../views/sealed.js";
import { nameOfLayer } from "./carAt.js";
import { preview, probes, report } from "./checking.js";
import { run } from "./currentRun.js";
import { experiment, name } from "./document.js";
import { atOnce } from "./instant.js";
import { MomentHead, MomentPill } from "./momentPill.js";
import { chosen, evaluation, frames, lookedAt, travel } from "./moment.js";
import { folded, foldOrUnfold } from "./panel.js";

const BESIDE = ["classes", "features"]; // targets that simpler methods can learn too
const LATER = 1200; // milliseconds

/** Whether the charts stand there before they have anything to draw: a moment after the page has opened. */
const wanted = signal(false);
setTimeout(() => (wanted.value = true), LATER);

/** @param {{own: import("./currentRun.js").Run | null, testOpened: boolean}} props
 *   `own` is the run of the document on the page, null where the document is another by now */
export function Strip({ own, testOpened }) {
  if (isHidden("curves")) return null;
  const still = /** @type {import("./currentRun.js").Run | undefined} */ (/** @type {any} */ (atOnce.value?.run));
  const now = run.value ?? still ?? null;
  const task = partOf("tasks", experiment.value.task?.kind);
  const loss = partOf("losses", experiment.value.loss?.kind);
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
      { class: `strip-curves${now && !own && !still ? " former" : ""}` },
      fold,
      h(wanted.value || now ? Curves : Waiting, {
        runs: now ? [{ run: now, title: name.value || t("page", "This run") }] : [],
        at: lookedAt.value,
        evaluation: own || still ? evaluation : undefined,
        frames: own || still ? frames : undefined,
        recorded: !still,
        testOpened: own !== null && testOpened,
        nameOf: own ? nameOfLayer : undefined,
        settingOf: (path) => titleOfSetting(experiment.value, path),
        guides: loss?.guides,
        caution: loss?.caution,
        task,
        preview: preview.value,
        probes: probes.value,
        experiment: task?.continues || BESIDE.includes(task?.target ?? "") ? experiment.value : undefined,
      }),
      own && h(Scrubber, { run: own, chosen: chosen.value, onFrame: travel, pill: h(MomentPill, null) }),
      now &&
        !own &&
        !still &&
        h("p", { class: "former-told" }, t("page", "These curves belong to the experiment before your change.")),
    ),
    h(Judged, { own }),
  );
}

/** The room of the curves until then. */
function Waiting() {
  return h("section", { class: "curves" });
}

/** How good it is, in numbers, at the moment that is shown; and the sealed test result.
 * @param {{own: import("./currentRun.js").Run | null}} props */
function Judged({ own }) {
  const shown = /** @type {any} */ (evaluation.value);
  const task = partOf("tasks", experiment.value.task?.kind);
  return h(
    "section",
    { class: "judged", "aria-label": t("page", "How good it is") },
    h(MomentHead, null),
    h(MetricTiles, { evaluation: shown, task, telling: report.value?.shown }),
    preview.value &&
      h(SealedTest, {
        preview: /** @type {any} */ (preview.value),
        evaluation: shown,
        experiment: experiment.value,
        run: own,
      }),
  );
}
