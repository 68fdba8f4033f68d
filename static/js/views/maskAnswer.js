/** What a network sees in a drawing, pixel by pixel. */

import { h } from "preact";
import { formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { frameOf } from "./newestFrames.js";
import { className, SIGNS } from "./marks.js";
import { Masked } from "./masked.js";
import { onPaper } from "./pictures.js";
import { groundOf } from "./points.js";

/** The predicted mask over the drawing, and how much of it each class has.
 * @param {{source: import("./newestFrames.js").OneSource, answer: import("./asking.js").Answer | null, preview: import("./points.js").Preview}} props */
export function MaskAnswer({ source, answer, preview }) {
  const frame = frameOf(source);
  if (!answer || !frame) return h("p", { class: "quiet" }, t("views", "The mask of the drawing is shown here."));
  const predicted = frame.arrays.predicted.data;
  const found = preview.classes.flatMap((_, number) => {
    const count = Array.from(predicted).filter((label) => label === number).length;
    return count > 0 && number !== groundOf(preview.classes) ? [{ number, share: count / predicted.length }] : [];
  });
  return h(
    "figure",
    { class: "mask-answer" },
    h(Masked, {
      levels: /** @type {any} */ (answer.sample.levels),
      shape: answer.sample.shape,
      light: { white: 1, paper: onPaper(preview) },
      truth: predicted,
      predicted,
      classes: preview.classes,
    }),
    h(
      "ul",
      null,
      found.map(({ number, share }) =>
        h(
          "li",
          { key: number },
          h("i", { class: `sign class-${number % 10}`, "aria-hidden": "true" }, SIGNS[number % 10]),
          h("span", null, className(preview.classes, number)),
          h("b", null, formatPercent(share, 0)),
        ),
      ),
    ),
  );
}
