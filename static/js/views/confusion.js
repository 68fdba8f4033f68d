/** The confusion matrix: for each true class, what the network took it for. */

import { h } from "preact";
import { useState } from "preact/hooks";
import { formatPercent } from "../i18n/numbers.js";
import { sentences, t } from "../i18n/t.js";
import { className } from "./marks.js";

/** @param {{evaluation?: {metrics: any, confusion?: number[][] | null} | null, preview: import("./points.js").Preview,
 *   onCell: (truth: number, answer: number) => void}} props */
export function ConfusionMatrix({ evaluation, preview, onCell }) {
  const classes = preview.classes.map((_, number) => className(preview.classes, number));
  const fits = evaluation?.confusion?.length === classes.length;
  const matrix = fits ? evaluation.confusion : null;
  const held = !evaluation || "validation_loss" in evaluation.metrics;
  return h(Confusion, { matrix, classes, split: splitName(held ? 1 : 0), onOpen: onCell });
}

/** @param {number} split */
function splitName(split) {
  return [t("views", "Train set"), t("views", "Validation set"), t("views", "Test set")][split];
}

/** @param {{matrix: number[][] | null | undefined, classes: string[], split: string,
 *   onOpen?: (truth: number, answer: number) => void}} props rows are true classes, null before anything was counted;
 *   `split` in words; `onOpen` shows the samples of a cell */
function Confusion({ matrix: counted, classes, split, onOpen }) {
  const matrix = counted ?? classes.map(() => classes.map(() => 0));
  const [at, setAt] = useState(/** @type {[number, number] | null} */ (null));
  const totals = matrix.map((row) => row.reduce((sum, count) => sum + count, 0));
  const small = classes.length > 5;
  const wordy = classes.length > 2 && classes.some((name) => name.length > 5);
  return h(
    "figure",
    { class: `confusion${small ? " small" : ""}${wordy ? " wordy" : ""}` },
    h(
      "table",
      { onPointerLeave: () => setAt(null) },
      h("caption", null, t("views", "True class in rows, the network’s answer in columns · {split}", { split })),
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          h("td", null),
          classes.map((name, column) =>
            h("th", { key: name, scope: "col", title: name, class: at?.[1] === column ? "on" : "" }, name),
          ),
        ),
      ),
      h(
        "tbody",
        null,
        matrix.map((row, truth) =>
          h(
            "tr",
            { key: classes[truth] },
            h("th", { scope: "row", title: classes[truth], class: at?.[0] === truth ? "on" : "" }, classes[truth]),
            row.map((count, answer) => {
              const share = totals[truth] ? count / totals[truth] : 0;
              const kind = truth === answer ? "right" : count > 0 ? "wrong" : "none";
              return h(
                "td",
                {
                  key: classes[answer],
                  class: kind,
                  style: `--share: ${share.toFixed(3)}`,
                  onPointerEnter: () => counted && setAt([truth, answer]),
                  title: counted && sentence(classes, matrix, truth, answer, share),
                },
                h(
                  counted && onOpen && count > 0 ? "button" : "span",
                  counted && onOpen && count > 0
                    ? {
                        type: "button",
                        class: "cell",
                        "aria-label": sentences(
                          sentence(classes, matrix, truth, answer, share),
                          t("views", "Show them."),
                        ),
                        onFocus: () => setAt([truth, answer]),
                        onClick: () => onOpen(truth, answer),
                      }
                    : { class: "cell" },
                  h("b", null, counted ? String(count) : ""),
                  !small && count > 0 && h("small", null, formatPercent(share, 0)),
                ),
              );
            }),
          ),
        ),
      ),
    ),
    h(
      "figcaption",
      { class: "plane-pointer" },
      at && counted
        ? sentence(classes, matrix, at[0], at[1], totals[at[0]] ? matrix[at[0]][at[1]] / totals[at[0]] : 0)
        : h(
            "span",
            { class: "quiet" },
            onOpen && counted
              ? t("views", "The diagonal is right, everything else is a mistake. A cell opens its samples.")
              : t("views", "The diagonal is right, everything else is a mistake."),
          ),
    ),
  );
}

/** @param {string[]} classes @param {number[][]} matrix @param {number} truth @param {number} answer @param {number} share */
function sentence(classes, matrix, truth, answer, share) {
  const values = {
    count: String(matrix[truth][answer]),
    total: String(matrix[truth].reduce((sum, count) => sum + count, 0)),
    truth: classes[truth],
    answer: classes[answer],
    share: formatPercent(share, 0),
  };
  return truth === answer
    ? t("views", "{count} of {total} {truth} were recognised ({share}).", values)
    : t("views", "{count} of {total} {truth} were taken for {answer} ({share}).", values);
}
