/** The foot of a page of own data: which network looks at it, what else changes, and the button that does it. */

import { Fragment, h } from "preact";
import { experiment, replace } from "../editor/document.js";
import { t } from "../i18n/t.js";
import { Button, SegmentedControl } from "../ui/controls.js";
import { ProblemList } from "../ui/field.js";
import { note } from "../ui/live.js";

/** @typedef {import("./fitting.js").Plan} Plan */

const ENDING = /\.[^.]{1,4}$/; // of a file's name

/**
 * @param {object} props
 * @param {import("./usePlan.js").Planning} props.planning
 * @param {string} props.small what the small network is, in words
 * @param {string[]} props.elsewhere places whose problems stand elsewhere
 * @param {(edits: import("../api/client.js").Edit[]) => void} props.edit
 * @param {string} props.file what was brought, which names the experiment
 * @param {() => void} props.onUsed
 */
export function Using({ planning, small, elsewhere, edit, file, onUsed }) {
  const { planned, trouble, settle, keep, setKeep } = planning;
  const problems = (planned?.problems ?? []).filter(({ place }) => !elsewhere.includes(place));
  const blocked = (planned?.problems ?? []).length > 0;
  const use = async () => {
    const settled = await settle().catch((/** @type {Error} */ problem) => note(problem.message));
    if (!settled || settled.problems.length > 0) return;
    replace(settled.document, file.replace(ENDING, ""));
    onUsed();
  };
  return h(
    Fragment,
    null,
    h(
      "div",
      { class: "own-foot" },
      h(ProblemList, { problems, onFix: (fix) => edit(fix.edits) }),
      trouble && h("p", { class: "own-problem", role: "alert" }, trouble),
      h(Network, { planned, keep, onKeep: setKeep, small }),
      planned &&
        !blocked &&
        planned.also.length > 0 &&
        h(
          "p",
          { class: "fine" },
          t("own", "Changed with it: {changes}.", { changes: planned.also.join(t("own", ", ")) }),
        ),
    ),
    h(
      "footer",
      { class: "own-use" },
      h(Button, { look: "primary", class: "own-use-it", disabled: blocked, onClick: use }, t("own", "Use it")),
      h("span", { class: "fine" }, t("own", "Undo brings back what is on the page now.")),
    ),
  );
}

/** @param {{planned: Plan | null, keep: boolean, onKeep: (keep: boolean) => void, small: string}} props */
function Network({ planned, keep, onKeep, small }) {
  const empty = Object.values(experiment.value.networks ?? {}).every(({ layers = [] }) => layers.length === 0);
  const fits = planned?.fits !== false;
  return h(
    "div",
    { class: "own-network" },
    h(SegmentedControl, {
      label: t("own", "Network"),
      value: keep && fits ? "keep" : "small",
      options: [
        { value: "keep", title: empty ? t("own", "No layers yet") : t("own", "The one on the page"), disabled: !fits },
        { value: "small", title: t("own", "A small one") },
      ],
      onInput: (value) => onKeep(value === "keep"),
    }),
    h(
      "p",
      { class: "fine", role: "status" },
      !fits && planned
        ? t("own", "The network on the page does not take this: {reason} A small one takes its place.", {
            reason: planned.misfit,
          })
        : keep
          ? t("own", "Its first layer is fitted to the new inputs, its output to the target.")
          : "",
      (!keep || !fits) && h("span", { class: "own-small" }, ` ${small}`),
    ),
  );
}
