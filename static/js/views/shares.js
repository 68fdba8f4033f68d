/** What a network answers to one sample: a bar for the probability of each class, or a number. */

import { h } from "preact";
import { formatNumber, formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { className } from "./marks.js";
import { leading } from "./surface.js";

const ROOMY = 5; // classes; so few have room for their names above their bars

/** The outputs for one sample as they are, but for a single probability, which becomes those of both classes.
 * @param {import("../live/frame.js").Frame | undefined} frame of the probe "activations" @param {number} at place of the
 *   sample @param {string[]} classes empty where numbers are predicted @returns {number[] | null} */
export function sharesOf(frame, at, classes) {
  const outputs = frame?.arrays.outputs;
  if (!outputs || outputs.shape.length !== 2 || at >= outputs.shape[0]) return null;
  const count = outputs.shape[1];
  const own = Array.from(outputs.data.subarray(at * count, (at + 1) * count));
  return classes.length === 2 && count === 1 ? [1 - own[0], own[0]] : own;
}

/** @param {{shares: number[] | null, classes: string[], truth?: number | null}} props `truth` is marked where it is known */
export function Shares({ shares, classes, truth = null }) {
  if (classes.length === 0) return h("p", { class: "answer-number" }, shares ? formatNumber(shares[0]) : "–");
  const first = shares && leading(shares);
  return h(
    "div",
    {
      class: `shares${classes.length <= ROOMY ? " roomy" : ""}`,
      role: "list",
      "aria-label": t("views", "Probability of each class"),
    },
    classes.map((_, number) => {
      const name = className(classes, number);
      const share = shares?.[number] ?? 0;
      return h(
        "div",
        { key: number, class: `share${number === first ? " first" : ""}`, role: "listitem" },
        h("span", { class: "share-name" }, name, number === truth && h("i", { title: t("views", "the truth") }, " ✓")),
        h("span", { class: "rail", "aria-hidden": "true" }, h("i", { style: { width: `${100 * share}%` } })),
        h("span", { class: "value" }, shares ? formatPercent(share, 0) : "–"),
      );
    }),
  );
}
