/** Samples drawn again as every class, each row in its own hand. */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { TableHead } from "../ui/tableHead.js";
import { useNewestFrame } from "./newestFrames.js";
import { className } from "./marks.js";
import { onPaper, Picture } from "./pictures.js";

const BYTE = 255;

/** @param {{source: import("./newestFrames.js").OneSource, preview: import("./points.js").Preview}} props */
export function DrawnToOrder({ source, preview }) {
  const frame = useNewestFrame(source);
  if (!frame) return null;
  const { inputs, drawn } = frame.arrays;
  const [count, classes, ...shape] = drawn.shape;
  const light = { white: BYTE, paper: onPaper(preview) };
  const size = shape.reduce((product, side) => product * side, 1);
  const levels = (/** @type {any} */ array, /** @type {number} */ at) =>
    array.data.subarray(at * size, (at + 1) * size);
  const names = Array.from({ length: classes }, (_, number) => className(preview.classes, number));
  return h(
    "figure",
    { class: "drawn-to-order" },
    h(
      "table",
      null,
      h(TableHead, { titles: [t("views", "sample"), ...names] }),
      h(
        "tbody",
        null,
        Array.from({ length: count }, (_, row) =>
          h(
            "tr",
            { key: row },
            h("th", { scope: "row" }, h(Picture, { levels: levels(inputs, row), shape, light })),
            names.map((name, number) =>
              h("td", { key: name }, h(Picture, { levels: levels(drawn, row * classes + number), shape, light })),
            ),
          ),
        ),
      ),
    ),
    h(
      "figcaption",
      { class: "quiet" },
      t("views", "Each row keeps the hand of its sample; each column asks for another class."),
    ),
  );
}
