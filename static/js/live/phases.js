/** After one stepped batch: the four phases it went through, one after another, and what it did to the loss. Where the
 * networks of a task move one after another, their moves are its phases. */

import { signal } from "@preact/signals-core";
import { h } from "preact";
import { networkTitle } from "../api/parts.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";

/** @typedef {import("./run.js").Run} Run */
/** @typedef {import("../api/parts.js").Part} Part */
/** A phase: its name, the number beside it, and what it is. @typedef {[string, string, string]} Phase */

/** The step that was made by hand, while it is the last that was trained. @param {Run} run */
export function lastByHand(run) {
  const stepped = run.stepped.value;
  return stepped && stepped.step === run.step.value ? stepped : null;
}

/** The step whose phases were put away. */
const closedAt = signal(0);
/** The phase that is looked at, of which step. */
const shown = signal({ step: 0, phase: 0 });
const phaseOf = (/** @type {number} */ step) => (shown.value.step === step ? shown.value.phase : 0);

/** The step whose phases are shown: the last that was trained, made by hand and not put away.
 * @param {Run | null} run */
export function phasesOf(run) {
  const stepped = run && lastByHand(run);
  return stepped && closedAt.value !== stepped.step ? stepped : null;
}

/** The networks that learn in the phase that is looked at; null where that is no question.
 * @param {Run | null} run @param {Part} [task] @returns {string[] | null} */
export function learningIn(run, task) {
  const stepped = phasesOf(run);
  return (stepped && movesIn(stepped, task)[phaseOf(stepped.step)]?.[1]) ?? null;
}

/** What a step moved, by loss: a step by hand may have been that of some networks alone.
 * @param {import("./columns.js").RunEvent} stepped @param {Part} [task] @returns {[string, string[]][]} */
function movesIn({ networks }, task) {
  const moved = (/** @type {string} */ name) => !networks || networks.includes(name);
  return Object.entries(task?.moves ?? {})
    .map(([loss, names]) => /** @type {[string, string[]]} */ ([loss, names.filter(moved)]))
    .filter(([, names]) => names.length > 0);
}

/** @param {{stepped: import("./columns.js").RunEvent, run: Run, task?: Part}} props */
export function StepPhases({ stepped, run, task }) {
  const at = phaseOf(stepped.step);
  const go = (/** @type {number} */ phase) => (shown.value = { step: stepped.step, phase });
  const moves = movesIn(stepped, task);
  const phases = moves.length > 0 && task ? movesOf(run, moves, task) : stagesOf(stepped);
  const end = () => (closedAt.value = stepped.step);
  const next = () => (at + 1 < phases.length ? go(at + 1) : end());
  return [
    h(
      "p",
      { key: "p", class: "phases", role: "status", "aria-label": t("live", "What this step did") },
      h("b", null, t("live", "Step {step}", { step: stepped.step })),
      phases.map(([name, number], i) =>
        h(
          "button",
          { key: i, type: "button", class: "phase", "aria-pressed": i === at, onClick: () => go(i) },
          `${i + 1} ${name} `,
          h("span", { class: "numbers" }, number),
        ),
      ),
      h("span", { key: "s", class: "phase-told" }, phases[at][2]),
    ),
    h(Button, { key: "n", class: "fix", onClick: next }, t("live", "Next phase")),
    h(Button, { key: "e", look: "quiet", onClick: end }, t("live", "End")),
  ];
}

/** @param {import("./columns.js").RunEvent} stepped @returns {Phase[]} */
function stagesOf(stepped) {
  const [before, after] = told(stepped.loss_before, stepped.loss_after);
  return [
    [t("live", "Forward"), "", t("live", "The batch flows through the network and becomes predictions.")],
    [t("live", "Loss"), before, t("live", "The loss says how wrong they are: {before}.", { before })],
    [t("live", "Backward"), "", t("live", "Going back, each weight gets its gradient: how the loss changes with it.")],
    [
      t("live", "Update"),
      `${before} → ${after}`,
      t("live", "The optimizer makes a small step for every weight from its gradients."),
    ],
  ];
}

/** The moves of a step as phases, each with the loss that it began with.
 * @param {Run} run @param {[string, string[]][]} moves @param {Part} task @returns {Phase[]} */
function movesOf({ columns }, moves, { feeds = {}, titles = {}, losses = [] }) {
  return moves.map(([loss, names]) => {
    const column = columns.store[loss === losses[0] ? "train_loss" : `train_${loss}`];
    const paid = column && columns.length ? formatNumber(column[columns.length - 1], 3) : "";
    const still = Object.keys(titles).filter((name) => !names.includes(name));
    const values = { network: listed(names), others: listed(still) };
    const through = still.some((name) => names.includes(feeds[name]));
    const sentence = through
      ? t("live", "{network} learns. Its gradient comes back through {others}, which stands still.", values)
      : t("live", "{network} learns from its loss; {others} stands still.", values);
    return [listed(names), paid, sentence];
  });
}

/** @param {string[]} names of networks */
const listed = (names) => names.map(networkTitle).join(" + ");

/**
 * Two losses with as many digits as tell them apart.
 * @param {number | string} before
 * @param {number | string} after
 */
function told(before, after) {
  for (let digits = 3; digits <= 6; digits += 1) {
    const [first, second] = [formatNumber(Number(before), digits), formatNumber(Number(after), digits)];
    if (first !== second || digits === 6) return [first, second];
  }
  return ["", ""];
}
