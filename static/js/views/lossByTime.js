/** The loss of diffusion by how much noise there is. */

import { h } from "preact";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Curves } from "./curvesReplied.js";

/** @typedef {{time: number, loss: number | string, plain: number, left: number}} AtTime */

/** @param {{parts: AtTime[]}} props */
export function LossByTime({ parts }) {
  const [first, last] = [parts[0], parts[parts.length - 1]];
  const high = Math.max(...parts.flatMap(({ loss, plain }) => [Number(loss), plain]).filter(Number.isFinite));
  const curve = (/** @type {string} */ title, /** @type {(part: AtTime) => number} */ pick) => ({
    title,
    points: parts.map((part) => /** @type {[number, number]} */ ([
      (part.time - first.time) / Math.max(last.time - first.time, 1),
      Math.min(pick(part) / high, 1),
    ])), // prettier-ignore
  });
  const worst = parts.reduce((most, part) =>
    Number(part.loss) / part.plain > Number(most.loss) / most.plain ? part : most,
  );
  return h(
    "figure",
    { class: "reply" },
    h("figcaption", { class: "quiet" }, t("views", "The loss on samples held back, from 0 to {high}, by diffusion step", { high: formatNumber(high, 2) })), // prettier-ignore
    h(Curves, {
      curves: [
        curve(t("views", "this network"), ({ loss }) => Number(loss)),
        curve(t("views", "always the mean"), ({ plain }) => plain),
      ],
      label: t("views", "Loss by diffusion step"),
      first: t("views", "diffusion step {step}", { step: String(first.time) }),
      last: String(last.time),
    }),
    parts.length > 1 &&
      h("p", { class: "quiet" }, t("views", "Hardest is step {step}: {loss}, where always the mean pays {plain}. At the first step it is {begin}, at the last {end}.", {
        step: String(worst.time),
        loss: formatNumber(Number(worst.loss), 3),
        plain: formatNumber(worst.plain, 3),
        begin: formatNumber(Number(first.loss), 3),
        end: formatNumber(Number(last.loss), 3),
      })), // prettier-ignore
  );
}
