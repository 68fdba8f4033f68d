/** All samples at once, with what the network answers everywhere: for data that a plane or a line holds. */

import { h } from "preact";
import { useState } from "preact/hooks";
import { t } from "../i18n/t.js";
import { Chip } from "../ui/controls.js";
import { learnedOf, SPLITS } from "./points.js";
import { sealOf } from "./sealed.js";
import { drawn } from "./view.js";

/** @param {{view: import("./view.js").View} & Record<string, any>} props */
export function Overview({ view, task, preview, frames, evaluation, run, peek, moments }) {
  const [splits, setSplits] = useState(/** @type {ReadonlySet<number>} */ (new Set([0, 1])));
  const [mistakes, setMistakes] = useState(false);
  const toggle = (/** @type {number} */ split) => {
    const next = new Set(splits);
    if (!next.delete(split)) next.add(split);
    setSplits(next);
  };
  return [
    h(view.component, {
      key: view.probe,
      ...drawn(view, frames),
      preview,
      task,
      splits,
      mistakes,
      testOpened: sealOf(run).open,
      peek,
      evaluation,
      run,
      moments,
    }),
    h(
      "div",
      { key: "shown", class: "output-shown", role: "group", "aria-label": t("views", "Samples that are shown") },
      SPLITS.map(
        (name, split) =>
          preview.split.includes(split) &&
          h(Chip, {
            key: name,
            title: shortName(split),
            value: splits.has(split),
            onInput: () => toggle(split),
            hint: SPLIT_HINTS()[split],
          }),
      ),
      view.mistakes &&
        learnedOf(preview) === "classes" &&
        h(Chip, { title: t("views", "Mistakes"), value: mistakes, onInput: setMistakes }),
    ),
  ];
}

/** @param {number} split */
function shortName(split) {
  return [t("views", "Train"), t("views", "Validation"), t("views", "Test")][split];
}

const SPLIT_HINTS = () => [
  t("views", "Filled: the network learns from these"),
  t("views", "Hollow: you tune by these, the network never learns from them"),
  t("views", "Dark ring: kept for the end"),
];
