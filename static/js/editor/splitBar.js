/** The bar that divides the samples into train, validation and test; its two borders are dragged or moved by keys. */

import { h } from "preact";
import { useRef } from "preact/hooks";
import { formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Field } from "../ui/field.js";
import { useName } from "../ui/ids.js";
import { edit } from "./document.js";

const MOST = 80; // per cent kept aside for one purpose
const LEAST_TRAIN = 10; // per cent

/** The split after one border moved to `at` per cent from the left. Pure.
 * @param {{validation: number, test: number}} split @param {0 | 1} border @param {number} at */
export function movedBorder({ validation, test }, border, at) {
  const whole = Math.round(at);
  if (border === 1) {
    const next = Math.max(0, Math.min(MOST, 100 - LEAST_TRAIN - validation, 100 - whole));
    return { validation, test: next };
  }
  return { validation: Math.max(0, Math.min(MOST, 100 - LEAST_TRAIN - test, 100 - test - whole)), test };
}

/**
 * @param {{validation: number, test: number, counts?: {train: number, validation: number, test: number} | null,
 *   problems: import("../api/client.js").Problem[]}} props
 */
export function SplitBar({ validation, test, counts, problems }) {
  const bar = useRef(/** @type {HTMLElement | null} */ (null));
  const name = useName();
  const train = 100 - validation - test;
  /** @param {0 | 1} border @param {number} at */
  const move = (border, at) => {
    const next = movedBorder({ validation, test }, border, at);
    edit([
      { op: "replace", path: "/dataset/validation", value: next.validation },
      { op: "replace", path: "/dataset/test", value: next.test },
    ]);
  };
  /** @param {0 | 1} border */
  const handle = (border) => {
    const at = border === 0 ? train : 100 - test;
    const label =
      border === 0
        ? t("editor", "Border between train and validation")
        : t("editor", "Border between validation and test");
    /** @param {PointerEvent} event */
    const drag = (event) => {
      if (!(event.buttons & 1) || !bar.current) return;
      const { left, width } = bar.current.getBoundingClientRect();
      move(border, ((event.clientX - left) / width) * 100);
    };
    /** @param {KeyboardEvent} event */
    const key = (event) => {
      const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 10, PageDown: -10 }[event.key];
      if (!by) return;
      event.preventDefault();
      move(border, at + by);
    };
    return h("span", {
      class: "split-handle",
      role: "slider",
      tabIndex: 0,
      style: `left: ${at}%`,
      "aria-label": label,
      "aria-valuemin": 0,
      "aria-valuemax": 100,
      "aria-valuenow": at,
      "aria-valuetext": spoken,
      onPointerDown: (/** @type {PointerEvent & {currentTarget: HTMLElement}} */ event) =>
        event.currentTarget.setPointerCapture(event.pointerId),
      onPointerMove: drag,
      onKeyDown: key,
    });
  };
  const spoken = t("editor", "{train} % train, {validation} % validation, {test} % test", { train, validation, test });
  const sizes = counts && t("editor", "{train} to learn from, {validation} to tune by, {test} sealed", counts);
  return h(
    Field,
    {
      name,
      group: true,
      label: t("editor", "Split"),
      help: t(
        "editor",
        "The network learns from the first share, you tune by the second, and the third stays sealed for one honest answer at the end.",
      ),
      problems,
      beside: h("b", { class: "numbers" }, `${train} · ${validation} · ${formatPercent(test / 100)}`),
    },
    h(
      "div",
      { class: "split", ref: bar, title: sizes || undefined },
      h("i", { class: "split-train", style: `width: ${train}%` }),
      h("i", { class: "split-validation", style: `width: ${validation}%` }),
      h("i", { class: "split-test", style: `width: ${test}%` }),
      handle(0),
      handle(1),
    ),
    // Its line is there before its words, so that nothing below moves under somebody's finger.
    h("p", { class: "fine numbers" }, sizes || "\u00a0"),
  );
}
