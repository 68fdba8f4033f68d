/** What a network answers to one sample: a bar for the probability of each class, or a number. */

import { h } from "preact";
import { useEffect } from "preact/hooks";
import { formatNumber, formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { say } from "../ui/live.js";
import { frameOf } from "./newestFrames.js";
import { className } from "./marks.js";
import { leading } from "./surface.js";

const ROOMY = 5; // classes; so few have room for their names above their bars

/** What the network answers to a drawing; it is said aloud too.
 * @param {{source: import("./newestFrames.js").OneSource, preview: import("./points.js").Preview}} props */
export function DrawingShares({ source, preview: { classes } }) {
  const frame = frameOf(source);
  const shares = sharesOf(frame, 0, classes);
  useEffect(() => {
    if (!shares || classes.length === 0) return;
    const first = leading(shares);
    const values = { answer: className(classes, first), share: formatPercent(shares[first], 0) };
    say(t("views", "Your drawing is taken for {answer} ({share}).", values), { about: "drawing" });
  }, [frame]);
  return h(Shares, { shares, classes });
}

/** A frame of what neurons answer, where it was taken with such data: as many inputs, and outputs that suit the classes.
 * @param {import("../live/frameFormat.js").Frame | undefined} frame @param {import("./points.js").Preview} preview */
export function answersOver(frame, preview) {
  const classes = preview.classes.length;
  const outputs = frame?.arrays.outputs.shape[1] ?? 0;
  const suits = classes === 0 ? outputs === 1 : outputs === classes || (classes === 2 && outputs === 1);
  return suits && frame?.arrays.raw.shape[1] === preview.raw[0]?.length ? frame : undefined;
}

/** The outputs for one sample as they are, but for a single probability, which becomes those of both classes.
 * @param {import("../live/frameFormat.js").Frame | undefined} frame of what neurons answer @param {number} at place of the
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
