/** After one stepped batch: the four phases it went through, and what it did to the loss. */

import { useSignal } from "@preact/signals";
import { h } from "preact";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { IconButton } from "../ui/controls.js";

/** @typedef {import("./run.js").Run} Run */

/** The step that was made by hand, while it is the last that was trained. @param {Run} run */
export function lastByHand(run) {
  const stepped = run.stepped.value;
  return stepped && stepped.step === run.step.value ? stepped : null;
}

/** Shown while the stepped batch is the last that was trained. @param {{run: Run}} props */
export function StepPhases({ run }) {
  const closedAt = useSignal(0); // the step whose phases were put away
  const stepped = lastByHand(run);
  if (!stepped || closedAt.value === stepped.step) return null;
  const [before, after] = told(stepped.loss_before, stepped.loss_after);
  const phases = [
    [t("live", "Forward"), t("live", "The batch flows through the network and becomes predictions.")],
    [t("live", "Loss"), t("live", "The loss says how wrong they are: {before}.", { before })],
    [t("live", "Backward"), t("live", "Going back, each weight gets its gradient: how the loss changes with it.")],
    [t("live", "Update"), t("live", "The optimizer moves every weight a little against its gradient.")],
  ];
  return h(
    "aside",
    { class: "phases", "aria-label": t("live", "What this step did"), role: "status" },
    h(
      "ol",
      null,
      phases.map(([name, sentence], i) => h("li", { key: i }, h("b", null, name), h("span", null, sentence))),
    ),
    h(
      "p",
      { class: "phases-result" },
      t("live", "Step {step}: loss of this batch {before} → {after}", { step: stepped.step, before, after }),
    ),
    h(IconButton, {
      icon: "close",
      look: "quiet",
      label: t("live", "Put away"),
      onClick: () => (closedAt.value = stepped.step),
    }),
  );
}

/**
 * Two losses with as many digits as tell them apart.
 * @param {number | string} before
 * @param {number | string} after
 */
export function told(before, after) {
  for (let digits = 3; digits <= 6; digits += 1) {
    const [first, second] = [formatNumber(Number(before), digits), formatNumber(Number(after), digits)];
    if (first !== second || digits === 6) return [first, second];
  }
  return ["", ""];
}
