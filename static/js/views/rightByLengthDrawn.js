/** A grid of rows, right or wrong: a line for each length, the share of right ones behind it. */

import { h } from "preact";
import { formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { useNewestFrame } from "./newestFrames.js";

/** @typedef {{length: number, right: boolean[], learned: boolean}} Line `learned`: no longer than rows that are learned */

/** @param {{source: import("./newestFrames.js").OneSource}} props */
export function RightByLength({ source }) {
  const frame = useNewestFrame(source);
  if (!frame) return null;
  const lines = linesOf(frame);
  return h(
    "figure",
    { class: "right-by-length" },
    h(
      "table",
      null,
      h("caption", null, t("views", "Right at every place, by length")),
      h(
        "tbody",
        null,
        lines.map(({ length, right, learned }, at) => {
          const share = right.filter(Boolean).length / right.length;
          return h(
            "tr",
            { key: length, class: !learned && lines[at - 1]?.learned ? "beyond" : "" },
            h("th", { scope: "row" }, length),
            h(
              "td",
              { "aria-hidden": "true" },
              right.map((correct, row) =>
                h("i", { key: row, class: correct ? "right" : "wrong" }, correct ? "✓" : "✗"),
              ),
            ),
            h("td", null, formatPercent(share)),
          );
        }),
      ),
    ),
    h(
      "figcaption",
      { class: "quiet" },
      t("views", "Each mark is a row that it never learned from. Below the line are rows longer than any that it learned from."), // prettier-ignore
    ),
  );
}

/** @param {import("../live/frameFormat.js").Frame} frame @returns {Line[]} */
export function linesOf({ arrays: { lengths, right }, about }) {
  const most = right.shape[1];
  return Array.from(lengths.data, (length, at) => ({
    length,
    learned: length <= about.learned,
    right: Array.from(right.data.subarray(at * most, (at + 1) * most)).filter((mark) => mark >= 0).map(Boolean), // prettier-ignore
  }));
}
