/** A point of the plane of two numbers of a code, dragged or moved by arrow keys, and what is drawn from it. */

import { h } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { newestWins } from "../api/newestWins.js";
import { sizesOf } from "../api/shapes.js";
import { toPixel, toPlane } from "../canvas/plane.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Select } from "../ui/controls.js";
import { askOnce } from "./askOnce.js";
import { className } from "./marks.js";
import { onPaper, Picture } from "./pictures.js";

/** @typedef {import("../live/run.js").Run} Run */
/** @typedef {import("../canvas/plane.js").View} View */
/** @typedef {import("./points.js").Preview} Preview */
/** A plane of codes: its two numbers, or the only one, and where all numbers rest.
 * @typedef {{numbers: number[], rest: number[]}} CodeSpace */
/** @typedef {[number, number]} Point in the units of the code */
/** What is asked: nothing before the point was moved.
 * @typedef {{run: Run | null, space: CodeSpace, at: Point | null, also: Record<string, unknown>}} Wanted */

const STEP = 1 / 20; // of the half side, for a key

/** @param {{space: CodeSpace, view: View, classes: number, live?: boolean, run: Run | null, preview: Preview,
 *   children?: any}} props `classes` are asked for beside the code, where there are any; `live` asks the weights in training */
export function CodePoint({ space, view, classes, live = false, run, preview, children }) {
  const [at, setAt] = useState(/** @type {Point | null} */ (null));
  const [label, setLabel] = useState(0);
  const also = { ...(classes > 0 && { label }), ...(live && { weights: "live" }) };
  const drawn = useDrawn({ run, space, at, also });
  const light = { white: 1, paper: onPaper(preview) };
  const ready = run !== null && run.checkpoint.value !== null;
  return h(
    "div",
    { class: "code-sides" },
    h(Ground, { view, space, point: at ?? restOf(space), onMove: setAt }, children),
    h(
      "div",
      { class: "code-drawn" },
      drawn.levels && h(Picture, { levels: drawn.levels, shape: sizesOf(preview.shape), light }),
      h(
        "p",
        { class: "quiet", role: "status" },
        drawn.trouble ||
          (!ready && t("views", "You can ask once the network has been saved for the first time.")) ||
          (drawn.step !== null && t("views", "as it was at step {step}", { step: drawn.step })),
      ),
      classes > 0 &&
        h(Select, {
          label: t("views", "Class"),
          value: String(label),
          options: Array.from({ length: classes }, (_, number) => ({ value: String(number), title: className(preview.classes, number) })), // prettier-ignore
          onInput: (value) => setLabel(Number(value)),
        }),
    ),
  );
}

/** The picture of the plane with the point on it.
 * @param {{view: View, space: CodeSpace, point: Point, onMove: (point: Point) => void, children?: any}} props */
function Ground({ view, space, point, onMove, children }) {
  const dragged = useRef(false);
  const inside = (/** @type {number} */ value, /** @type {number} */ centre) =>
    Math.max(centre - view.half, Math.min(centre + view.half, value));
  const single = space.numbers.length === 1; // then all lies on the diagonal
  const move = (/** @type {number} */ x, /** @type {number} */ y) =>
    onMove([inside(x, view.x), inside(single ? x : y, view.y)]);
  /** @param {PointerEvent & {currentTarget: HTMLElement}} event */
  const follow = (event) => {
    const { left, top, width } = event.currentTarget.getBoundingClientRect();
    move(...toPlane(view, width, event.clientX - left, event.clientY - top));
  };
  const [left, top] = toPixel(view, 100, inside(point[0], view.x), inside(point[1], view.y));
  const said = space.numbers.map((number, axis) => `${number + 1}: ${formatNumber(point[axis], 3)}`);
  return h(
    "div",
    {
      class: "code-ground",
      /** @param {PointerEvent & {currentTarget: HTMLElement}} event */
      onPointerDown: (event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        dragged.current = true;
        follow(event);
      },
      /** @param {PointerEvent & {currentTarget: HTMLElement}} event */
      onPointerMove: (event) => dragged.current && follow(event),
      onLostPointerCapture: () => (dragged.current = false),
    },
    children,
    h("span", {
      class: "code-point",
      style: { left: `${left}%`, top: `${top}%` },
      role: "slider",
      tabIndex: 0,
      "aria-label": t("views", "The code that is drawn"),
      "aria-valuemin": view.x - view.half,
      "aria-valuemax": view.x + view.half,
      "aria-valuenow": point[0],
      "aria-valuetext": said.join(", "),
      /** @param {KeyboardEvent} event */
      onKeyDown: (event) => {
        const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
        if (!by) return;
        event.preventDefault();
        const [x, y] = point;
        const [across, up] = by.map((steps) => steps * STEP * view.half);
        move(x + across + (single ? up : 0), y + up);
      },
    }),
  );
}

/** What is drawn at the point, asked again while it moves and when a newer state of the network is kept.
 * @param {Wanted} wanted */
function useDrawn(wanted) {
  const newest = useRef(wanted);
  newest.current = wanted;
  const [told, setTold] = useState(NOTHING);
  const ends = useMemo(() => new AbortController(), []);
  const asking = useMemo(
    () =>
      newestWins(async () => {
        const { run, space, at, also } = newest.current;
        if (!run || !at) return;
        try {
          const question = { kind: "decode", code: codeAt(space, at), ...also };
          const found = await askOnce(run.id, question, ends.signal);
          if (found && newest.current.run === run)
            setTold({ levels: found.part.samples.flat(Infinity), step: found.step, trouble: "" });
        } catch (problem) {
          const trouble = String(/** @type {any} */ (problem).message);
          if (!ends.signal.aborted && newest.current.run === run) setTold((before) => ({ ...before, trouble }));
        }
      }),
    [],
  );
  const { run, at, also } = wanted;
  const saved = run?.checkpoint.value ?? null;
  useEffect(() => setTold(NOTHING), [run?.id]);
  useEffect(() => {
    if (at && saved !== null) void asking.ask();
  }, [run?.id, saved, at, JSON.stringify(also)]);
  useEffect(() => () => ends.abort(), []);
  return told;
}

const NOTHING = {
  levels: /** @type {number[] | null} */ (null),
  step: /** @type {number | null} */ (null),
  trouble: "",
};

/** A whole code: the numbers of the plane are those of the point. @param {CodeSpace} space @param {Point} at @returns {number[]} */
export function codeAt({ numbers, rest }, at) {
  const code = [...rest];
  for (const [axis, number] of numbers.entries()) code[number] = at[axis];
  return code;
}

/** Where the point stands before it is moved. @param {CodeSpace} space @returns {Point} */
const restOf = ({ numbers: [first, second = first], rest }) => [rest[first], rest[second]];
