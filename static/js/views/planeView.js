/** The plane of inputs: the answer everywhere, the samples on it, what is under the pointer; closer by wheel, pinch, keys. */

import { h } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { paintLegend } from "../canvas/colour.js";
import { toPixel, toPlane } from "../canvas/plane.js";
import { formatNumber, formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { IconButton } from "../ui/controls.js";
import { className, SIGNS } from "./marks.js";
import { drawPoints, limitOf } from "./points.js";
import { Filmstrip } from "./filmstrip.js";
import { answerAt, leading, paintNeuron, paintSurface, scaleOf, surfaceOver } from "./surface.js";
import { PlanePicture, usePlane, WHOLE } from "./zoomedPlane.js";

/** @typedef {import("../live/frameFormat.js").Frame} Frame */

/** Kept moments that can be gone back to. @typedef {{chosen: number | null, onChoose: (step: number) => void}} Moments */

const KEPT = 5; // moments under the picture

/**
 * @param {object} props
 * @param {import("./newestFrames.js").OneSource} props.source
 * @param {string} props.probe
 * @param {import("./points.js").Preview} props.preview
 * @param {ReadonlySet<number>} props.splits that are drawn
 * @param {boolean} props.mistakes whether wrongly classified samples are marked
 * @param {boolean} props.testOpened whether those of the test samples are too
 * @param {{path: string, unit: number, name?: string} | null} [props.peek] a neuron whose picture is shown instead
 * @param {import("../live/run.js").Run | null} props.run
 * @param {Moments} [props.moments]
 */
export function PlaneView({ source, probe, preview, splits, mistakes, testOpened, peek, run, moments }) {
  const legend = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const painted = useMemo(() => document.createElement("canvas"), []);
  const [pointer, setPointer] = useState(/** @type {[number, number] | null} */ (null));
  const [there, setThere] = useState(false);
  const limit = limitOf(preview) ?? undefined;
  const plane = usePlane(source, {
    take: (frame) => {
      const over = surfaceOver(frame, preview);
      setThere(over !== undefined);
      return over;
    },
    also: [preview],
    paint: (context, size, frame, view) => {
      drawSurface(context, painted, size, frame, { peek, limit, view });
      const wrong = mistakes && frame && preview.classes.length > 0 ? wrongIn(frame, preview, testOpened) : undefined;
      drawPoints(context, view, size, preview, { splits, wrong });
      if (legend.current && frame) paintLegend(legend.current, legendScale(frame, limit));
    },
  });
  const { zoom, frame } = plane;

  const point = (/** @type {PointerEvent} */ event) => {
    const size = plane.box.current?.clientWidth ?? 1;
    setPointer(toPlane(zoom.view, size, event.offsetX, event.offsetY));
  };
  const handlers = {
    onPointerMove: (/** @type {PointerEvent} */ event) => (zoom.handlers.onPointerMove(event), point(event)),
    onPointerLeave: () => setPointer(null),
  };
  const label = t("views", "What the network answers all over the plane, with the samples on it");
  return [
    h(
      PlanePicture,
      { plane, label, handlers },
      h(Axes, { view: zoom.view }),
      peek?.name && h("p", { class: "plane-peek" }, peek.name),
      pointer && h("p", { class: "plane-readout" }, h(Readout, { pointer, frame, preview })),
      zoom.view.half < WHOLE &&
        h(IconButton, { class: "plane-reset", icon: "reset", label: t("views", "Show all"), onClick: zoom.reset }),
    ),
    there && preview.classes.length <= 2 && h(Legend, { canvas: legend, preview, limit }),
    moments && run && h(Kept, { run, probe, moments, limit }),
  ];
}

/** What it answered at a few kept moments.
 * @param {{run: import("../live/run.js").Run, probe: string, moments: Moments, limit?: number}} props */
function Kept({ run, probe, moments, limit }) {
  const surface = useMemo(() => document.createElement("canvas"), []);
  const view = { x: 0, y: 0, half: WHOLE };
  return h(Filmstrip, {
    run,
    probe,
    count: KEPT,
    title: t("views", "Kept moments, by epoch"),
    ...moments,
    paint: (context, size, frame) => drawSurface(context, surface, size, frame, { limit, view }),
  });
}

/** The scale of the legend: the colours of the picture, from end to end.
 * @param {import("../live/frameFormat.js").Frame} frame @param {number | undefined} limit */
function legendScale(frame, limit) {
  const scale = scaleOf(frame, limit);
  return limit === undefined ? scale : { ...scale, low: -limit, high: limit };
}

/** @param {CanvasRenderingContext2D} context @param {HTMLCanvasElement} surface @param {number} size
 * @param {import("../live/frameFormat.js").Frame | undefined} frame @param {any} now */
function drawSurface(context, surface, size, frame, now) {
  if (!frame || frame.about.domain !== "plane") return;
  if (!now.peek || !paintNeuron(surface, frame, now.peek)) paintSurface(surface, frame, now.limit);
  const [left, top] = toPixel(now.view, size, -WHOLE, WHOLE);
  const [right, bottom] = toPixel(now.view, size, WHOLE, -WHOLE);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  context.drawImage(surface, left, top, right - left, bottom - top);
}

/** Whether the network takes a sample for another class than its label says.
 * @param {import("../live/frameFormat.js").Frame} frame @param {import("./points.js").Preview} preview
 * @param {boolean} testOpened else nothing is told of test samples */
function wrongIn(frame, preview, testOpened) {
  return (/** @type {number} */ row) => {
    if (preview.split[row] === 2 && !testOpened) return false;
    const shares = answerAt(frame, preview.raw[row][0], preview.raw[row][1]);
    return shares !== null && leading(shares) !== preview.targets[row];
  };
}

/** The numbers at the edges of what is seen. @param {{view: import("../canvas/plane.js").View}} props */
function Axes({ view }) {
  const number = (/** @type {number} */ value) => formatNumber(Number(value.toFixed(2)));
  return h(
    "div",
    { class: "plane-axes", "aria-hidden": "true" },
    h("span", { class: "low-x" }, number(view.x - view.half)),
    h("span", { class: "name-x" }, "x₁"),
    h("span", { class: "high-x" }, number(view.x + view.half)),
    h("span", { class: "low-y" }, number(view.y - view.half)),
    h("span", { class: "name-y" }, "x₂"),
    h("span", { class: "high-y" }, number(view.y + view.half)),
  );
}

/** @param {{canvas: {current: HTMLCanvasElement | null}, preview: import("./points.js").Preview, limit?: number}} props */
function Legend({ canvas, preview, limit }) {
  const ends =
    limit === undefined
      ? [className(preview.classes, 0), t("views", "undecided"), className(preview.classes, 1)]
      : [formatNumber(-limit), "0", `+${formatNumber(limit)}`];
  const sign = (/** @type {number} */ number) =>
    limit === undefined && h("i", { class: `sign class-${number}`, "aria-hidden": "true" }, SIGNS[number]);
  return h(
    "div",
    { class: "legend" },
    h("canvas", {
      ref: canvas,
      role: "img",
      "aria-label": t("views", "From {low} to {high}", { low: ends[0], high: ends[2] }),
    }),
    h(
      "div",
      { class: "legend-ends" },
      h("span", null, sign(0), ends[0]),
      h("span", null, ends[1]),
      h("span", null, sign(1), ends[2]),
    ),
  );
}

/** @param {{pointer: [number, number], frame?: import("../live/frameFormat.js").Frame, preview: import("./points.js").Preview}} props */
function Readout({ pointer, frame, preview }) {
  const [x, y] = pointer.map((value) => formatNumber(Number(value.toFixed(2))));
  const place = h("span", { class: "place" }, `x₁ ${x}  x₂ ${y}`);
  const answer = frame && frame.about.domain === "plane" ? answerAt(frame, pointer[0], pointer[1]) : null;
  if (!answer) return place;
  if (preview.classes.length === 0) return [place, h("b", null, formatNumber(answer[0]))];
  const ranked = answer.map((share, number) => ({ share, number })).sort((a, b) => b.share - a.share);
  const shown = preview.classes.length <= 3 ? ranked.sort((a, b) => a.number - b.number) : ranked.slice(0, 3);
  return [
    place,
    shown.map(({ share, number }) =>
      h(
        "span",
        { key: number, class: "share" },
        h("i", { class: `sign class-${number % 10}`, "aria-hidden": "true" }, SIGNS[number % 10]),
        `${className(preview.classes, number)} `,
        h("b", null, formatPercent(share, 0)),
      ),
    ),
  ];
}
