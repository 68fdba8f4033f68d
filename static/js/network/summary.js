/** One line over the diagram, and the room below it. */

import { h } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { written } from "../api/shapes.js";
import { onTheme } from "../canvas/colour.js";
import { textScale } from "../canvas/textScale.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { totalsOf } from "./fromReport.js";

/** One line over the diagram: how many numbers flow, how many are learned.
 * @param {{entries: import("./cars.js").Entry[], layout: import("./layout.js").Layout}} props `entries` of the report */
export function Summary({ entries, layout }) {
  const flow = layout.columns
    .filter(({ cardTop, car }) => cardTop === 0 && (car.role !== "output" || car.path))
    .map((column) => (column.style === "stack" ? "…" : column.units ? written(column.car.shape, "×") : "?"))
    .filter((text, at, all) => text !== "…" || all[at - 1] !== "…");
  const totals = entries.length > 0 ? totalsOf(entries) : null;
  return h(
    "p",
    { class: "network-summary" },
    h("span", { class: "network-flow", title: flow.join(" → ") }, flow.join(" → ")),
    totals && h("span", null, t("network", "{count} parameters", { count: formatNumber(totals.parameters) })),
    totals && h("span", null, t("network", "{count} multiply-adds", { count: formatNumber(totals.multiplyAdds) })),
  );
}

/** @param {{current: HTMLDivElement | null}} scroller @returns {{width: number, height: number, scale: number}} */
export function useRoom(scroller) {
  const [room, setRoom] = useState({ width: 800, height: 520, scale: 1 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const measure = () => {
      const next = { width: element.clientWidth - 16, height: element.clientHeight - 8, scale: textScale() };
      setRoom((last) => (JSON.stringify(last) === JSON.stringify(next) ? last : next));
    };
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    const stop = onTheme(measure); // the size of text is chosen where the theme is
    return () => {
      watcher.disconnect();
      stop();
    };
  }, []);
  return room;
}
