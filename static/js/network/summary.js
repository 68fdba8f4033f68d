/** One line over the diagram, and the room below it. */

import { h } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { onTheme } from "../canvas/colour.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";

/** One line over the diagram: how many numbers flow, how many are learned.
 * @param {{report: any, layout: import("./layout.js").Layout}} props */
export function Summary({ report, layout }) {
  const flow = layout.columns
    .filter((column) => column.cardTop === 0)
    .map((column) => (column.style === "stack" ? "…" : column.units ? column.car.shape?.sizes.join("×") : "?"))
    .filter((one, at, all) => one !== "…" || all[at - 1] !== "…");
  const totals = report?.totals;
  return h(
    "p",
    { class: "network-summary" },
    h("span", { class: "network-flow", title: flow.join(" → ") }, flow.join(" → ")),
    totals && h("span", null, t("network", "{count} parameters", { count: formatNumber(totals.parameters) })),
    totals && h("span", null, t("network", "{count} multiply-adds", { count: formatNumber(totals.multiply_adds) })),
  );
}

/** @param {{current: HTMLDivElement | null}} scroller @returns {{width: number, height: number, scale: number}} */
export function useRoom(scroller) {
  const [room, setRoom] = useState({ width: 800, height: 520, scale: 1 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const measure = () => {
      const scale = (Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16) / 16;
      const next = { width: element.clientWidth - 16, height: element.clientHeight - 8, scale };
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
