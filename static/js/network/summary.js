/** One line over the diagram, and the room below it. */

import { h } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";

/** One line over the diagram: how many numbers flow, how many are learned.
 * @param {{report: any, layout: import("./layout.js").Layout}} props */
export function Summary({ report, layout }) {
  const flow = layout.columns
    .map((column) => (column.style === "stack" ? "…" : String(column.units || "?")))
    .filter((one, at, all) => one !== "…" || all[at - 1] !== "…");
  const totals = report?.totals;
  return h(
    "p",
    { class: "network-summary" },
    h("span", { class: "network-flow" }, flow.join(" → ")),
    totals && h("span", null, t("network", "{count} parameters", { count: formatNumber(totals.parameters) })),
    totals && h("span", null, t("network", "{count} multiply-adds", { count: formatNumber(totals.multiply_adds) })),
  );
}

/** @param {{current: HTMLDivElement | null}} scroller @returns {{width: number, height: number}} */
export function useRoom(scroller) {
  const [room, setRoom] = useState({ width: 800, height: 520 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const measure = () => {
      const next = { width: element.clientWidth - 16, height: element.clientHeight - 8 };
      setRoom((last) => (last.width === next.width && last.height === next.height ? last : next));
    };
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return room;
}
