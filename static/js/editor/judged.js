/** How good it is, in numbers, at the moment that is shown; and the sealed test result. */

import { h } from "preact";
import { partOf } from "../api/parts.js";
import { t } from "../i18n/t.js";
import { MetricTiles } from "../views/metrics.js";
import { SealedTest } from "../views/sealed.js";
import { preview } from "./checking.js";
import { own } from "./currentRun.js";
import { experiment } from "./document.js";
import { evaluation } from "./moment.js";
import { MomentHead } from "./momentPill.js";

export function Judged() {
  const shown = /** @type {any} */ (evaluation.value);
  const task = partOf("tasks", experiment.value.task?.kind);
  return h(
    "section",
    { class: "judged", "aria-label": t("page", "How good it is") },
    h(MomentHead, null),
    h(MetricTiles, { evaluation: shown, task }),
    preview.value &&
      h(SealedTest, {
        preview: /** @type {any} */ (preview.value),
        evaluation: shown,
        experiment: experiment.value,
        run: own.value,
      }),
  );
}
