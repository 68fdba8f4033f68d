/** Buttons that let those networks of several move alone for a step that move together: the others stay as they are. */

import { h } from "preact";
import { networkTitle } from "../api/parts.js";
import { t } from "../i18n/t.js";
import { ENDS } from "../live/run.js";
import { Button } from "../ui/controls.js";
import { note } from "../ui/live.js";

/** @param {{run: import("../live/run.js").Run | null, task: import("../api/parts.js").Part | undefined}} props */
export function StepAlone({ run, task }) {
  const moves = Object.values(task?.moves ?? {});
  if (!run || moves.length < 2 || ENDS.includes(run.status.value)) return null;
  const step = (/** @type {string[]} */ networks) =>
    run.send({ kind: "step", steps: 1, networks }).catch((/** @type {Error} */ problem) => note(problem.message));
  return h(
    "div",
    { class: "output-shown", role: "group", "aria-label": t("views", "One step, of one network alone") },
    moves.map((networks) =>
      h(
        Button,
        { key: networks.join(), onClick: () => void step(networks) },
        t("views", "Step {network} only", { network: networks.map(networkTitle).join(" + ") }),
      ),
    ),
  );
}
