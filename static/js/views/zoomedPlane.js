/** A square picture of the plane, painted anew with each frame and in each theme; closer by wheel, pinch and keys. */

import { h } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { onTheme } from "../canvas/colour.js";
import { forget, redraw } from "../canvas/frameLoop.js";
import { sharp } from "../canvas/heatmap.js";
import { t } from "../i18n/t.js";
import { useFrame } from "./newestFrames.js";
import { useZoom } from "./zoom.js";

/** @typedef {import("../live/frameFormat.js").Frame} Frame */
/**
 * @typedef {object} Plane
 * @property {{current: HTMLDivElement | null}} box
 * @property {{current: HTMLCanvasElement | null}} canvas
 * @property {ReturnType<typeof useZoom>} zoom
 * @property {Frame | undefined} frame the newest, as it is taken
 */

/** Half the side of the plane as a whole. */
export const WHOLE = 6;

/**
 * @param {import("./newestFrames.js").OneSource} source
 * @param {object} how
 * @param {(context: CanvasRenderingContext2D, size: number, frame: Frame | undefined, view: any) => void} how.paint
 * @param {(frame: Frame | undefined) => Frame | undefined} [how.take] what of a new frame is painted
 * @param {unknown[]} [how.also] what else the frame depends on
 * @returns {Plane}
 */
export function usePlane(source, { paint, take = (frame) => frame, also = [] }) {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const latest = useRef(/** @type {Frame | undefined} */ (undefined));
  const zoom = useZoom(WHOLE, canvas);
  const now = useRef({ paint, view: zoom.view });
  now.current = { paint, view: zoom.view };
  const draw = useMemo(
    () => () => {
      if (!canvas.current || !box.current) return;
      const size = box.current.clientWidth;
      now.current.paint(sharp(canvas.current, size, size), size, latest.current, now.current.view);
    },
    [],
  );
  useFrame(
    source,
    (frame) => {
      latest.current = take(frame);
      redraw(draw);
    },
    also,
  );
  useLayoutEffect(() => redraw(draw));
  useLayoutEffect(() => {
    const watcher = new ResizeObserver(() => redraw(draw));
    if (box.current) watcher.observe(box.current);
    const stop = onTheme(() => redraw(draw));
    return () => (watcher.disconnect(), stop(), forget(draw));
  }, []);
  return { box, canvas, zoom, frame: latest.current };
}

/** @param {{plane: Plane, label: string, handlers?: Record<string, any>, children?: any}} props */
export function PlanePicture({ plane, label, handlers = {}, children }) {
  return h(
    "div",
    { class: "plane", ref: plane.box },
    h("canvas", {
      ref: plane.canvas,
      role: "img",
      tabIndex: 0,
      "aria-label": `${label}. ${t("views", "Plus and minus zoom, arrow keys move, 0 shows all.")}`,
      ...plane.zoom.handlers,
      ...handlers,
    }),
    children,
  );
}
