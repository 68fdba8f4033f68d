/** The card of a car: what it is, what it learns, what is wrong with it; it is dragged to another place of the train. */

import { h } from "preact";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Button } from "../ui/buttons.js";
import { Icon } from "../ui/icons.js";
import { fittingParts, letteringOf } from "./lettering.js";
import { blockTitle, describedCar, shortTitle, subtitleOf, titleOf } from "./names.js";
import { usePress } from "./press.js";

/** @typedef {import("./layout.js").Column} Column */
/** @typedef {{detail: string, place: string, fixes?: {title: string, edits: any[]}[]}} Problem */

const [PADDING, ICON] = [24, 19]; // pixels of a card beside its title
const [TIGHT, LITTLE] = [80, 18]; // below the first a card has the second beside its title

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
 * @param {ReturnType<typeof import("./folding.js").foldOf>} props.folds what can be opened or closed in it
 * @param {(key: string) => void} props.fold opens or closes it
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
  folds,
  fold,
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
    folds?.what === "inner" &&
      !folds.open &&
      h(Fold, { title: t("network", "Unfold its inner cars"), icon: "chevronRight", onFold: () => fold(folds.key) }),
    folds?.what === "steps" &&
      h(Fold, {
        title: folds.open
          ? t("network", "Fold its time steps")
          : t("network", "Unroll it: a column for each time step"),
        icon: folds.open ? "minus" : "steps",
        open: folds.open,
        onFold: () => fold(folds.key),
      }),
    wrong && h(Wrong, { problems, onEdit }),
  );
}

/** Opens or closes what a car holds. `open` where the same button does both.
 * @param {{title: string, icon: string, open?: boolean, onFold: () => void}} props */
function Fold({ title, icon, open, onFold }) {
  return h(
    "button",
    {
      type: "button",
      class: "car-unfold",
      tabIndex: -1,
      title,
      "aria-label": title,
      "aria-expanded": open,
      onClick: onFold,
    },
    h(Icon, { name: icon, size: 14 }),
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
