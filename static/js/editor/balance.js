/** How many samples each class has, by split: one column a class. */

import { h } from "preact";
import { formatNumber, formatPercent } from "../i18n/numbers.js";
import { dataName } from "../i18n/dataNames.js";
import { t } from "../i18n/t.js";
import { learnedOf } from "../views/points.js";

const SPLITS = ["train", "validation", "test"];
const ROOMY = 6; // classes; more columns are too narrow for a count, which is then told on hovering

/** @param {{preview: any}} props */
export function ClassBalance({ preview }) {
  const classes = /** @type {string[]} */ (preview?.classes ?? []);
  if (classes.length === 0) return null;
  const counts = classes.map((_, at) => SPLITS.map((split) => preview.balance[split]?.[at] ?? 0));
  const sums = counts.map((split) => split.reduce((sum, count) => sum + count, 0));
  const pixels = learnedOf(preview) === "masks";
  const most = Math.max(1, ...sums);
  const all = sums.reduce((sum, count) => sum + count, 0);
  const named = classes.length < 5 || classes.every((name) => dataName(name).length < 3);
  return h(
    "figure",
    { class: "balance" },
    h("figcaption", { class: "label" }, pixels ? t("editor", "Pixels of each class") : t("editor", "Class balance")),
    h(
      "div",
      { class: "balance-columns" },
      classes.map((name, at) => {
        const [train, validation, test] = counts[at];
        const said = t("editor", "{name}: {train} train, {validation} validation, {test} test", {
          name: dataName(name),
          train,
          validation,
          test,
        });
        return h(
          "div",
          {
            key: name,
            class: "balance-column",
            role: "img",
            "aria-label": said,
            title: said,
            style: `--own: var(--class-${at % 10})`,
          },
          classes.length <= ROOMY &&
            h("span", { class: "numbers" }, pixels ? formatPercent(sums[at] / all, 0) : formatNumber(sums[at])),
          h(
            "span",
            { class: "balance-stack" },
            counts[at].map((count, split) =>
              h("i", {
                key: split,
                class: SPLITS[split],
                style: `height: ${(count / most) * 100}%`,
              }),
            ),
          ),
          named && h("span", { class: "balance-name" }, dataName(name)),
        );
      }),
    ),
  );
}
