/** A feature map in large, in which one pixel is chosen with pointer, finger or arrow keys; its legend below it. */

import { h } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { onTheme, paintLegend, paintMap } from "../canvas/colour.js";
import { paintLine } from "../canvas/pixels.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { scaleOf, valueAt } from "./maps.js";

/** @typedef {import("./maps.js").FeatureMap} FeatureMap */
/** @typedef {{row: number, column: number}} Pixel */

const SIDE = 168; // pixels of the longer side, at the usual size of text
const STRIP = { width: 200, height: 84 };
const ARROWS = /** @type {Record<string, [number, number]>} */ ({
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
});

/** @param {{map: FeatureMap, pixel: Pixel, label: string, onPixel: (pixel: Pixel) => void}} props */
export function BigMap({ map, pixel, label, onPixel }) {
  const [canvas, legend, box] = [useRef(null), useRef(null), useRef(/** @type {HTMLElement | null} */ (null))];
  const size = sizeOf(map);
  const paint = () => {
    if (!canvas.current || !legend.current) return;
    if (map.height === 1) paintLine(canvas.current, map, size.width, size.height);
    else paintMap(canvas.current, map.data, [map.height, map.width], scaleOf(map), map.start);
    paintLegend(legend.current, scaleOf(map));
  };
  const latest = useRef(paint);
  latest.current = paint;
  useLayoutEffect(paint, [map.data, map.start, map.low, map.high]);
  useLayoutEffect(() => onTheme(() => latest.current()), []);
  useEffect(() => box.current?.focus({ preventScroll: true }), [label]);
  const [row, column] = [Math.min(pixel.row, map.height - 1), Math.min(pixel.column, map.width - 1)];
  const choose = (/** @type {PointerEvent} */ event) => {
    if (event.pointerType === "touch" && event.type === "pointermove" && event.buttons === 0) return;
    const inside = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    const at = (/** @type {number} */ part, /** @type {number} */ count) =>
      Math.max(0, Math.min(count - 1, Math.floor(part * count)));
    const next = {
      row: at((event.clientY - inside.top) / inside.height, map.height),
      column: at((event.clientX - inside.left) / inside.width, map.width),
    };
    if (next.row !== row || next.column !== column) onPixel(next);
  };
  const key = (/** @type {KeyboardEvent} */ event) => {
    const by = ARROWS[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    onPixel({
      row: Math.max(0, Math.min(map.height - 1, row + by[0])),
      column: Math.max(0, Math.min(map.width - 1, column + by[1])),
    });
  };
  const spot = {
    left: `${(column / map.width) * 100}%`,
    top: `${(row / map.height) * 100}%`,
    width: `${100 / map.width}%`,
    height: `${100 / map.height}%`,
  };
  const limit = Math.max(Math.abs(map.low), Math.abs(map.high));
  const said = t("network", "Row {row}, column {column}: {value}", {
    row: String(row + 1),
    column: String(column + 1),
    value: formatNumber(valueAt(map, row, column)),
  });
  return h(
    "div",
    { class: "big-map" },
    h(
      "div",
      {
        class: `map-face${map.height === 1 ? " series" : ""}`,
        ref: box,
        style: { width: `${size.width / 16}rem`, height: `${size.height / 16}rem` },
        tabIndex: 0,
        role: "application",
        "aria-label": t("network", "{name}. Arrow keys choose a pixel.", { name: label }),
        onPointerMove: choose,
        onPointerDown: choose,
        onKeyDown: key,
      },
      h("canvas", { ref: canvas, "aria-hidden": "true" }),
      h("i", { class: "map-spot", style: spot }),
    ),
    h(
      "div",
      { class: "map-legend", "aria-hidden": "true" },
      h("span", null, formatNumber(-limit, 2)),
      h("canvas", { ref: legend }),
      h("span", null, formatNumber(limit, 2)),
    ),
    h("p", { class: "spoken-only", role: "status" }, said),
  );
}

/** @param {FeatureMap} map */
function sizeOf({ height, width }) {
  if (height === 1) return STRIP;
  const longest = Math.max(height, width);
  return { width: (width / longest) * SIDE, height: (height / longest) * SIDE };
}
