/** After one stepped batch: the four phases it went through, one after another, and what it did to the loss. */

import { signal, useSignal } from "@preact/signals";
import { h } from "preact";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";

/** @typedef {import("./run.js").Run} Run */

/** The step that was made by hand, while it is the last that was trained. @param {Run} run */
export function lastByHand(run) {
  const stepped = run.stepped.value;
  return stepped && stepped.step === run.step.value ? stepped : null;
}

/** The step whose phases were put away. */
const closedAt = signal(0);

/** The step whose phases are shown: the last that was trained, made by hand and not put away.
 * @param {Run | null} run */
export function phasesOf(run) {
  const stepped = run && lastByHand(run);
  return stepped && closedAt.value !== stepped.step ? stepped : null;
}

/** @param {{stepped: import("./columns.js").RunEvent}} props */
export function StepPhases({ stepped }) {
  const at = useSignal(0);
  const [before, after] = told(stepped.loss_before, stepped.loss_after);
  const phases = [
    [t("live", "Forward"), "", t("live", "The batch flows through the network and becomes predictions.")],
    [t("live", "Loss"), before, t("live", "The loss says how wrong they are: {before}.", { before })],
    [t("live", "Backward"), "", t("live", "Going back, each weight gets its gradient: how the loss changes with it.")],
    [
      t("live", "Update"),
      `${before} → ${after}`,
      t("live", "The optimizer makes a small step for every weight from its gradients."),
    ],
  ];
  const end = () => (closedAt.value = stepped.step);
  const next = () => (at.value + 1 < phases.length ? (at.value += 1) : end());
  return [
    h(
      "p",
      { key: "p", class: "phases", role: "status", "aria-label": t("live", "What this step did") },
      h("b", null, t("live", "Step {step}", { step: stepped.step })),
      phases.map(([name, number], i) =>
        h(
          "button",
          { key: i, type: "button", class: "phase", "aria-pressed": i === at.value, onClick: () => (at.value = i) },
          `${i + 1} ${name} `,
          h("span", { class: "numbers" }, number),
        ),
      ),
      h("span", { key: "s", class: "phase-told" }, phases[at.value][2]),
    ),
    h(Button, { key: "n", class: "fix", onClick: next }, t("live", "Next phase")),
    h(Button, { key: "e", look: "quiet", onClick: end }, t("live", "End")),
  ];
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
