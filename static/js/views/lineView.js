/** One input, one number: the samples and the curve that the network has drawn through them. */

import { h } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { onTheme } from "../canvas/colour.js";
import { forget, redraw } from "../canvas/frameLoop.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { useFrame } from "./newestFrames.js";
import { answerOn, drawPlot, EDGE, rangeOf } from "./linePlot.js";
import { surfaceOver } from "./surface.js";

/** @typedef {import("./points.js").Preview} Preview */
/** @typedef {import("../live/frameFormat.js").Frame} Frame */

/** @param {{source: import("./newestFrames.js").OneSource, preview: Preview, splits: ReadonlySet<number>}} props */
export function LineView({ source, preview, splits }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const latest = useRef(/** @type {Frame | undefined} */ (undefined));
  const [pointer, setPointer] = useState(/** @type {number | null} */ (null));
  const scene = useRef({ preview, splits, pointer });
  scene.current = { preview, splits, pointer };
  const draw = useMemo(() => () => canvas.current && drawPlot(canvas.current, latest.current, scene.current), []);
  const take = (/** @type {Frame | undefined} */ frame) => {
    latest.current = surfaceOver(frame, preview);
    redraw(draw);
  };
  useFrame(source, take, [preview]);
  useLayoutEffect(() => redraw(draw));
  useLayoutEffect(() => {
    const watcher = new ResizeObserver(() => redraw(draw));
    if (canvas.current) watcher.observe(canvas.current);
    const stop = onTheme(() => redraw(draw));
    return () => {
      watcher.disconnect();
      stop();
      forget(draw);
    };
  }, []);
  const move = (/** @type {PointerEvent} */ event) => {
    const width = canvas.current?.clientWidth ?? 1;
    const [low, high] = rangeOf(latest.current, preview);
    const x = low + ((event.offsetX - EDGE.left) / (width - EDGE.left - EDGE.right)) * (high - low);
    setPointer(x >= low && x <= high ? x : null);
  };
  const answer = pointer === null ? null : answerOn(latest.current, pointer);
  return [
    h("canvas", {
      class: "line-view",
      ref: canvas,
      role: "img",
      "aria-label": t("views", "The samples, and the curve that the network draws"),
      onPointerMove: move,
      onPointerLeave: () => setPointer(null),
    }),
    h(
      "p",
      { class: "plane-pointer" },
      pointer === null
        ? h("span", { class: "quiet" }, t("views", "Point at the curve to read the answer there."))
        : [
            h("span", { class: "place" }, `x ${formatNumber(Number(pointer.toFixed(2)))}`),
            h("b", null, answer === null ? "–" : formatNumber(answer)),
          ],
    ),
  ];
}
