/** The plane on which points are drawn by hand: a click or a stroke adds points of the chosen class, the eraser takes them. */

import { h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { classColour, css, onTheme, palette } from "../canvas/colour.js";
import { t } from "../i18n/t.js";
import { Button, SegmentedControl } from "../ui/controls.js";
import { edit, experiment } from "./document.js";
import { farEnough, HALF_SIDE, onPlane, withPoint, without } from "./pen.js";

/** @typedef {import("./pen.js").Drawn} Drawn */

const SHAPES = "●■▲◆✚★⬟⬢▼✖";
const SIDE = 480; // pixels of the canvas
const ERASER = "eraser";
const CLASSES_SHOWN = 4; // and one more than there are, so that another can be begun
const STEP = 0.5; // units of the plane that an arrow key moves the cross

/** @param {{points: Drawn[]}} props */
export function Drawing({ points }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const [pen, setPen] = useState("0");
  const [cross, setCross] = useState(/** @type {[number, number] | null} */ (null));
  const last = useRef(/** @type {[number, number] | null} */ (null));
  useEffect(() => {
    const draw = () => canvas.current && paint(canvas.current, points, cross);
    draw();
    return onTheme(draw);
  }, [points, cross]);
  /** @param {[number, number]} place */
  const put = (place) => {
    const now = /** @type {Drawn[]} */ (experiment.peek().dataset?.points ?? []);
    const next = pen === ERASER ? without(now, place) : withPoint(now, [...place, Number(pen)]);
    if (next !== now) edit([{ op: "replace", path: "/dataset/points", value: next }]);
    last.current = place;
  };
  /** @param {PointerEvent & {currentTarget: HTMLCanvasElement}} event */
  const at = (event) => onPlane(event.currentTarget.getBoundingClientRect(), event.clientX, event.clientY);
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const by = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] }[event.key];
    const [x, y] = cross ?? [0, 0];
    if (by) setCross([clamp(x + by[0]), clamp(y + by[1])]);
    else if (event.key === "Enter" || event.key === " ") put([x, y]);
    else return;
    event.preventDefault();
  };
  const highest = points.reduce((most, point) => Math.max(most, point[2]), 1);
  const classes = Math.min(10, Math.max(2, Math.min(CLASSES_SHOWN, highest + 2)), Math.max(highest + 2, 2));
  return h(
    "div",
    { class: "drawing" },
    h("canvas", {
      ref: canvas,
      width: SIDE,
      height: SIDE,
      class: "drawing-plane",
      tabIndex: 0,
      role: "application",
      "aria-label": t("editor", "Plane to draw points on. Arrows move the cross, Enter puts a point there."),
      onPointerDown: (/** @type {PointerEvent & {currentTarget: HTMLCanvasElement}} */ event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        put(at(event));
      },
      onPointerMove: (/** @type {PointerEvent & {currentTarget: HTMLCanvasElement}} */ event) => {
        if (event.buttons & 1 && last.current && farEnough(last.current, at(event))) put(at(event));
      },
      onKeyDown: key,
      onBlur: () => setCross(null),
    }),
    h(SegmentedControl, {
      label: t("editor", "Pen"),
      bare: true,
      value: pen,
      onInput: setPen,
      options: [
        ...Array.from({ length: classes }, (_, number) => ({ value: String(number), title: SHAPES[number] })),
        { value: ERASER, title: t("editor", "Eraser") },
      ],
    }),
    points.length > 0 &&
      h(
        Button,
        { icon: "trash", look: "quiet", onClick: () => edit([{ op: "replace", path: "/dataset/points", value: [] }]) },
        t("editor", "Remove all points"),
      ),
  );
}

/** @param {number} value */
function clamp(value) {
  return Math.max(-HALF_SIDE, Math.min(HALF_SIDE, value));
}

/** @param {HTMLCanvasElement} canvas @param {Drawn[]} points @param {[number, number] | null} cross */
function paint(canvas, points, cross) {
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const colours = palette();
  const unit = SIDE / (2 * HALF_SIDE);
  pen.clearRect(0, 0, SIDE, SIDE);
  pen.strokeStyle = css(colours.line);
  pen.lineWidth = 2;
  pen.strokeRect(SIDE / 2, -2, SIDE, SIDE / 2 + 2);
  pen.strokeRect(-2, SIDE / 2, SIDE / 2 + 2, SIDE);
  pen.font = `22px ${getComputedStyle(canvas).fontFamily}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  for (const [x, y, number] of points) {
    pen.fillStyle = classColour(number);
    pen.fillText(SHAPES[number], (x + HALF_SIDE) * unit, (HALF_SIDE - y) * unit);
  }
  if (!cross) return;
  const [x, y] = [(cross[0] + HALF_SIDE) * unit, (HALF_SIDE - cross[1]) * unit];
  pen.strokeStyle = css(colours.accent);
  pen.beginPath();
  pen.moveTo(x - 16, y);
  pen.lineTo(x + 16, y);
  pen.moveTo(x, y - 16);
  pen.lineTo(x, y + 16);
  pen.stroke();
}
