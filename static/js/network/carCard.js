/** The card of a car: what it is, what it learns, what is wrong with it; it is dragged to another place of the train. */

import { h } from "preact";
import { useRef } from "preact/hooks";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Button } from "../ui/buttons.js";
import { Icon } from "../ui/icons.js";
import { fittingParts, letteringOf } from "./lettering.js";
import { blockTitle, describedCar, shortTitle, subtitleOf, titleOf } from "./names.js";

/** @typedef {import("./layout.js").Column} Column */
/** @typedef {{detail: string, place: string, fixes?: {title: string, edits: any[]}[]}} Problem */

const [PADDING, ICON] = [24, 19]; // pixels of a card beside its title
const [TIGHT, LITTLE] = [80, 18]; // below the first a card has the second beside its title
const FAR = 6; // pixels the pointer moves before a press becomes a drag
const LONG = 350; // milliseconds a finger rests before it drags; shorter moves scroll

/**
 * @param {object} props
 * @param {Column} props.column
 * @param {number} props.scale of text
 * @param {number} props.index
 * @param {string} props.id
 * @param {string[]} props.names of the inputs
 * @param {boolean} props.selected
 * @param {boolean} props.focused
 * @param {Problem[]} props.problems
 * @param {(edits: any[]) => void} [props.onEdit]
 * @param {() => void} props.onPress
 * @param {{start: () => void, move: (event: PointerEvent) => void, drop: (kept: boolean) => void, offset: {x: number, y: number} | null}} props.drag
 * @param {(() => void) | null} props.onFold opens a folded block, or null
 */
export function CarCard({
  column,
  scale,
  index,
  id,
  names,
  selected,
  focused,
  problems,
  onEdit,
  onPress,
  drag,
  onFold,
}) {
  const { car } = column;
  const stack = column.style === "stack";
  const pinned = car.role === "input" || car.role === "output" || stack;
  const grip = usePress(pinned ? null : drag, onPress);
  const wrong = problems.length > 0;
  const mark = wrong ? "warning" : car.document?.frozen ? "lock" : "";
  const classes = ["car-card", car.role];
  if (stack) classes.push("stack");
  if (selected) classes.push("selected");
  if (focused) classes.push("focused");
  if (wrong) classes.push("wrong");
  if (mark === "lock") classes.push("frozen");
  if (pinned) classes.push("pinned");
  if (drag.offset !== null) classes.push("dragged");
  if (column.compact) classes.push("compact");
  const style = {
    left: `${column.left}px`,
    top: `${column.cardTop}px`,
    width: `${column.card}px`,
    transform: drag.offset === null ? undefined : `translate(${drag.offset.x}px, ${drag.offset.y - 3}px) rotate(-1deg)`,
  };
  const title = stack ? blockTitle(column) : titleOf(car);
  const room = column.card / scale - (column.card / scale < TIGHT ? LITTLE : PADDING);
  const shown = stack ? title : shortTitle(car);
  const lettering = letteringOf(shown, room - (mark ? ICON : 0));
  const subtitle = stack ? stackText(column) : subtitleOf(car, names);
  return h(
    "div",
    {
      class: classes.join(" "),
      style,
      "data-column": index,
      "data-path": car.path || car.place,
      id,
      role: "group",
      "aria-label": title,
    },
    h(
      "button",
      {
        type: "button",
        class: `car-face ${lettering}`,
        tabIndex: -1,
        title: stack ? t("network", "Unfold these cars") : describedCar(car, names),
        "aria-pressed": stack ? undefined : selected,
        "aria-expanded": stack ? false : undefined,
        ...grip,
      },
      h("b", null, h("span", null, shown), mark && h(Icon, { name: mark, size: 15 })),
      h("span", null, fittingParts(subtitle, room)),
    ),
    onFold &&
      !stack &&
      h(
        "button",
        {
          type: "button",
          class: "car-unfold",
          tabIndex: -1,
          title: t("network", "Unfold its inner cars"),
          onClick: onFold,
        },
        h(Icon, { name: "chevronRight", size: 14 }),
      ),
    wrong && h(Wrong, { problems, onEdit }),
  );
}

/** @param {{problems: Problem[], onEdit?: (edits: any[]) => void}} props */
function Wrong({ problems, onEdit }) {
  const [problem] = problems;
  return h(
    "div",
    { class: "car-problem" },
    h("p", null, problem.detail),
    problem.fixes?.map((fix) =>
      h(Button, { key: fix.title, class: "fix", onClick: () => onEdit?.(fix.edits) }, fix.title),
    ),
  );
}

/** What a folded block holds: its kinds of cars, each once; of one kind alone, how much they learn.
 * @param {Column} column */
function stackText(column) {
  const titles = [...new Set(column.cars.map((car) => titleOf(car)))];
  if (titles.length === 1) {
    const parameters = column.cars.reduce((sum, car) => sum + car.parameters, 0);
    return t("network", "{count} p", { count: formatNumber(parameters) });
  }
  return titles.length > 2 ? `${titles.slice(0, 2).join(" · ")} …` : titles.join(" · ");
}

/** Pointer events of a press that may become a drag.
 * @param {{start: () => void, move: (event: PointerEvent) => void, drop: (kept: boolean) => void} | null} drag
 * @param {() => void} onPress */
function usePress(drag, onPress) {
  const press = useRef({ x: 0, y: 0, id: -1, dragging: false, timer: 0, done: false });
  const begin = (/** @type {HTMLElement} */ element) => {
    const now = press.current;
    if (now.id < 0 || now.dragging || !drag) return;
    now.dragging = true;
    element.setPointerCapture(now.id);
    drag.start();
  };
  const end = (/** @type {boolean} */ kept) => {
    const now = press.current;
    clearTimeout(now.timer);
    if (now.dragging) drag?.drop(kept);
    now.done = now.dragging;
    press.current = { ...now, id: -1, dragging: false };
  };
  return {
    onPointerDown: (/** @type {PointerEvent} */ event) => {
      if (event.button !== 0 || !drag) return;
      const element = /** @type {HTMLElement} */ (event.currentTarget);
      press.current = {
        x: event.clientX,
        y: event.clientY,
        id: event.pointerId,
        dragging: false,
        timer: 0,
        done: false,
      };
      if (event.pointerType === "touch") press.current.timer = setTimeout(() => begin(element), LONG);
      else element.setPointerCapture(event.pointerId); // a quick pointer leaves the card with its first move
    },
    onPointerMove: (/** @type {PointerEvent} */ event) => {
      const now = press.current;
      if (now.id !== event.pointerId) return;
      const far = Math.hypot(event.clientX - now.x, event.clientY - now.y) > FAR;
      if (far && !now.dragging && event.pointerType === "touch") return end(false);
      if (far) begin(/** @type {HTMLElement} */ (event.currentTarget));
      if (now.dragging) drag?.move(event);
    },
    onPointerUp: () => end(true),
    onPointerCancel: () => end(false),
    onTouchMove: (/** @type {TouchEvent} */ event) => {
      if (press.current.dragging && event.cancelable) event.preventDefault();
    },
    onClick: () => {
      if (!press.current.done) onPress();
      press.current.done = false;
    },
  };
}
