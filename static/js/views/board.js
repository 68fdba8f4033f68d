/** The board of the drawing pad: strokes by pointer, finger, pen or keys, painted as smoothly as the screen can. */

import { h } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { css, onTheme, palette } from "../canvas/colour.js";
import { forget, redraw } from "../canvas/frameLoop.js";
import { sharp } from "../canvas/heatmap.js";
import { t } from "../i18n/t.js";
import { colourer, paintLevels } from "./pictures.js";

/** @typedef {import("./brush.js").Stroke} Stroke */
/** @typedef {import("./brush.js").Touch} Touch */

const LIGHTEST = 0.4; // of the chosen width, where a pen hardly touches
const STEADY = 0.08; // pixels of the picture that the pointer must move for another point
const KEYS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
});

/**
 * @param {object} props
 * @param {Stroke[]} props.strokes
 * @param {number[]} props.shape
 * @param {ArrayLike<number> | null} props.ground levels 0..1
 * @param {boolean} props.paper
 * @param {{width: number, colour: number[]}} props.brush
 * @param {(strokes: Stroke[], since: number) => void} props.onStrokes
 * @param {() => void} props.onUndo
 */
export function Board({ strokes, shape, ground, paper, brush, onStrokes, onUndo }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const scene = useRef(/** @type {any} */ (null));
  const [cursor, setCursor] = useState(/** @type {{x: number, y: number, down: boolean} | null} */ (null));
  scene.current = { strokes, shape, ground, paper, cursor };
  const draw = useRef(() => canvas.current && paintBoard(canvas.current, scene.current)).current;
  const held = useRef(/** @type {number | null} */ (null));
  useLayoutEffect(() => redraw(draw));
  useLayoutEffect(() => {
    const watcher = new ResizeObserver(() => redraw(draw));
    if (canvas.current) watcher.observe(canvas.current);
    const stop = onTheme(() => redraw(draw));
    return () => (watcher.disconnect(), stop(), forget(draw));
  }, []);
  const [, height, width] = shape;
  const latest = useRef(strokes);
  latest.current = strokes;
  /** @param {Touch[]} touches @param {boolean} begins @param {number} since */
  const add = (touches, begins, since) => {
    const last = latest.current.at(-1);
    const [before, stroke] =
      begins || !last ? [latest.current, { ...brush, touches: [] }] : [latest.current.slice(0, -1), last];
    const kept = touches.filter((touch, at) => {
      const [x, y] = touches[at - 1] ?? stroke.touches.at(-1) ?? [Infinity, Infinity];
      return Math.hypot(touch[0] - x, touch[1] - y) > STEADY;
    });
    if (kept.length === 0) return;
    latest.current = [...before, { ...stroke, touches: [...stroke.touches, ...kept] }];
    onStrokes(latest.current, since);
  };
  /** @param {PointerEvent} event @returns {Touch} */
  const touchOf = (event) => {
    const box = /** @type {HTMLCanvasElement} */ (canvas.current).getBoundingClientRect();
    const pressed = event.pointerType === "pen" && event.pressure > 0 ? LIGHTEST + 1.2 * event.pressure : 1;
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    return [x * width, y * height, pressed];
  };
  const step = Math.max(width, height) / 16;
  /** @param {KeyboardEvent} event */
  const press = (event) => {
    if (event.isComposing) return;
    const by = KEYS[event.key];
    const now = cursor ?? { x: width / 2, y: height / 2, down: false };
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") onUndo();
    else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (by) {
      const far = event.shiftKey ? 2 * step : step;
      const [x, y] = [within(now.x + by[0] * far, width), within(now.y + by[1] * far, height)];
      setCursor({ ...now, x, y });
      if (now.down) add([[x, y, 1]], false, performance.now());
    } else if (event.key === " " || event.key === "Enter") {
      setCursor({ ...now, down: !now.down });
      if (!now.down) add([[now.x, now.y, 1]], true, performance.now());
    } else if (event.key === "Backspace" || event.key === "Delete") onUndo();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return [
    h("canvas", {
      ref: canvas,
      class: "board",
      style: { aspectRatio: `${width} / ${height}` },
      tabIndex: 0,
      role: "application",
      "aria-label": t("views", "Drawing board. Arrows move the brush, Space puts it down or lifts it, Delete undoes."),
      onPointerDown: (/** @type {PointerEvent} */ event) => {
        if (event.button !== 0 || held.current !== null) return;
        held.current = event.pointerId;
        canvas.current?.setPointerCapture(event.pointerId);
        setCursor(null);
        add([touchOf(event)], true, event.timeStamp);
      },
      onPointerMove: (/** @type {PointerEvent} */ event) => {
        if (event.pointerId !== held.current) return;
        const all = event.getCoalescedEvents?.() ?? [];
        add((all.length > 0 ? all : [event]).map(touchOf), false, event.timeStamp);
      },
      onPointerUp: () => (held.current = null),
      onPointerCancel: () => (held.current = null),
      onKeyDown: press,
      onBlur: () => setCursor(null),
    }),
    h("p", { class: "spoken-only", role: "status" }, cursor && spoken(cursor)),
  ];
}

/** @param {{x: number, y: number, down: boolean}} cursor */
function spoken({ x, y, down }) {
  const place = { column: Math.floor(x) + 1, row: Math.floor(y) + 1 };
  return down
    ? t("views", "Brush down, column {column}, row {row}", place)
    : t("views", "Brush up, column {column}, row {row}", place);
}

/** @param {number} value @param {number} limit */
const within = (value, limit) => Math.min(limit, Math.max(0, value));

/** @param {HTMLCanvasElement} canvas
 * @param {{strokes: Stroke[], shape: number[], ground: ArrayLike<number> | null, paper: boolean, cursor: any}} scene */
function paintBoard(canvas, { strokes, shape, ground, paper, cursor }) {
  const [channels, height, width] = shape;
  const context = sharp(canvas, canvas.clientWidth, canvas.clientHeight);
  const scale = canvas.clientWidth / width;
  const light = { white: 1, paper };
  const inked = (/** @type {ArrayLike<number>} */ level) => css(colourer(level, [channels, 1, 1], light)(0));
  context.fillStyle = inked(new Float32Array(channels));
  context.fillRect(0, 0, canvas.clientWidth, canvas.clientHeight);
  if (ground) {
    const small = document.createElement("canvas");
    paintLevels(small, ground, shape, light);
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, width * scale, height * scale);
  }
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const { touches, width: wide, colour } of strokes) {
    context.strokeStyle = inked(colour);
    touches.forEach(([x, y, pressed], at) => {
      const [fromX, fromY] = touches[at - 1] ?? [x, y];
      context.lineWidth = wide * pressed * scale;
      context.beginPath();
      context.moveTo(fromX * scale, fromY * scale);
      context.lineTo(x * scale, y * scale);
      context.stroke();
    });
  }
  if (!cursor) return;
  context.strokeStyle = css(palette().accent);
  context.lineWidth = cursor.down ? 3 : 1.5;
  context.beginPath();
  context.arc(cursor.x * scale, cursor.y * scale, 9, 0, 2 * Math.PI);
  context.stroke();
}
