/** What stands between two cars: the shape that flows, and a plus where a layer can be coupled in. */

import { h } from "preact";
import { isFlat, written } from "../api/shapes.js";
import { t } from "../i18n/t.js";
import { Icon } from "../ui/icons.js";
import { memo } from "../ui/memo.js";
import { spaceBefore } from "./layout.js";
import { shapeText } from "./names.js";

/** @typedef {{layout: import("./layout.js").Layout, dragged: number | null, target: number | null,
 *   fits: (gap: import("./layout.js").Gap) => boolean, onInsert: (place: string, anchor: Element) => void}} Props */

const NARROW = 66; // pixels, at the usual size of text, in which "numbers" has no room

/** Drawn again only when cars come, go or are dragged. @type {(props: Props) => any} */
export const Gaps = memo(drawn);

/** @param {Props} props `dragged` is the column of the card that is dragged, `target` the number of the gap below it */
function drawn({ layout, dragged, target, fits, onInsert }) {
  const shapes = layout.columns.slice(1).map((column, at) => {
    const feed = layout.columns[column.feeds[0]];
    const captioned = feed.style === "planes" || feed.style === "picture"; // the sizes stand below them
    const forked = layout.columns.filter((other) => other.feeds.includes(column.feeds[0])).length > 1;
    if (!feed.car.shape || captioned || forked || column.feeds.length > 1 || column.compact) return null;
    const { x, width } = spaceBefore(layout.columns, at + 1);
    if (width < 48) return null;
    const short = width < NARROW * layout.scale || !isFlat(feed.car.shape);
    const style = { left: `${x}px`, top: `${column.cardTop}px`, width: `${width - 4}px` };
    return h(
      "span",
      { key: `shape ${at}`, class: "gap-shape", style, title: shapeText(feed.car) },
      short ? written(feed.car.shape) : shapeText(feed.car),
    );
  });
  const pluses = layout.gaps.map((gap, number) => {
    const classes = ["gap-plus"];
    if (gap.compact) classes.push("compact");
    if (target === number) classes.push("target");
    else if (dragged !== null && fits(gap)) classes.push("possible");
    return h(
      "button",
      {
        key: `${gap.list}/${gap.at}`,
        type: "button",
        class: classes.join(" "),
        style: { left: `${gap.x}px`, top: `${gap.y}px` },
        tabIndex: -1,
        title: t("network", "Add a layer here"),
        "aria-label": t("network", "Add a layer here"),
        "data-place": `${gap.list}/${gap.at}`,
        onClick: (/** @type {MouseEvent} */ event) =>
          onInsert(`${gap.list}/${gap.at}`, /** @type {Element} */ (event.currentTarget)),
      },
      h(Icon, { name: "plus", size: 14 }),
    );
  });
  return [shapes, pluses];
}
