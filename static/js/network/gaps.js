/** What stands between two cars: the shape that flows, and a plus where a layer can be coupled in. */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { Icon } from "../ui/icons.js";
import { placeOf } from "./cars.js";
import { between } from "./layout.js";
import { shapeText } from "./names.js";

/** @param {{layout: import("./layout.js").Layout, drag: ReturnType<typeof import("./drag.js").useDrag>,
 *   onInsert: (place: string, anchor: Element) => void}} props */
export function Gaps({ layout, drag, onInsert }) {
  const shapes = layout.columns.slice(0, -1).map((column, at) => {
    if (!column.car.shape) return null;
    const next = layout.columns[at + 1];
    const width = next.left - column.left - column.card - 4;
    if (width < 44) return null;
    const style = { left: `${between(layout.columns, at + 1)}px`, width: `${width}px` };
    return h("span", { key: `shape ${at}`, class: "gap-shape", style }, shapeText(column.car));
  });
  const pluses = layout.gaps.map((gap, number) => {
    const classes = ["gap-plus"];
    if (drag.target === number) classes.push("target");
    else if (drag.index !== null && drag.fits(gap)) classes.push("possible");
    return h(
      "button",
      {
        key: `${gap.list}/${gap.at}`,
        type: "button",
        class: classes.join(" "),
        style: { left: `${gap.x}px` },
        tabIndex: -1,
        title: t("network", "Add a layer here"),
        "aria-label": t("network", "Add a layer here"),
        "data-place": placeOf(`${gap.list}/${gap.at}`),
        onClick: (/** @type {MouseEvent} */ event) =>
          onInsert(placeOf(`${gap.list}/${gap.at}`), /** @type {Element} */ (event.currentTarget)),
      },
      h(Icon, { name: "plus", size: 14 }),
    );
  });
  return [shapes, pluses];
}
