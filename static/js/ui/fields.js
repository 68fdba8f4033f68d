/** Controls one types or slides in: TextField, NumberField, Slider. */

import { h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { formatExact, formatNumber, formatPercent, parseNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { useDraft } from "./draft.js";
import { described, Field } from "./field.js";
import { useName } from "./ids.js";
import { fromPlace, nudged, NOTCHES, toPlace } from "./scale.js";

/** @typedef {import("./field.js").FieldProps} FieldProps */
/** @typedef {import("./scale.js").Range} Range */

/**
 * A line of text; told at every change, or with `late` when it is left or Enter is pressed.
 * @param {FieldProps & {value: string, onInput: (text: string) => void, placeholder?: string, late?: boolean,
 *   attributes?: Record<string, any>}} props
 */
export function TextField({ value, onInput, placeholder, late, attributes, ...field }) {
  const name = useName();
  const draft = useDraft(value, onInput);
  /** @param {Event & {currentTarget: HTMLInputElement}} event */
  const tell = (event) => onInput(event.currentTarget.value.normalize("NFC"));
  return h(
    Field,
    { ...field, name },
    h("input", {
      id: name,
      class: "text",
      type: "text",
      placeholder,
      autocomplete: "off",
      spellcheck: false,
      ...described(name, field.problems),
      ...(late ? draft : { value, onInput: tell }),
      ...attributes,
    }),
  );
}

/**
 * A number one types. Text that is no number is left standing, with a sentence, and changes nothing.
 * @param {FieldProps & Partial<Range> & {value: number, onInput: (value: number) => void, unit?: string, beside?: any}} props
 */
export function NumberField({ value, onInput, unit, min, max, step, log, integer, beside, ...field }) {
  const name = useName();
  return h(Field, {
    ...field,
    name,
    inline: true,
    beside: [
      beside,
      h(Typed, {
        key: "t",
        name,
        ...asTyped({ value, onInput, unit, min, max, step }),
        integer,
        problems: field.problems,
      }),
    ],
  });
}

/**
 * A number one slides, or types at the right of the label. `log` slides in powers.
 * @param {FieldProps & Range & {value: number, onInput: (value: number) => void, unit?: string}} props
 */
export function Slider({ value, onInput, unit, min, max, step, log, integer, ...field }) {
  const name = useName();
  const range = { min, max, step, log, integer };
  const place = Math.min(NOTCHES, Math.max(0, toPlace(value, range)));
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const up = ["ArrowUp", "ArrowRight", "PageUp"].includes(event.key);
    const down = ["ArrowDown", "ArrowLeft", "PageDown"].includes(event.key);
    if (!up && !down) return;
    event.preventDefault();
    onInput(nudged(value, range, up ? 1 : -1, event.key.startsWith("Page")));
  };
  const typed = h(Typed, {
    name: `${name}-typed`,
    label: field.label,
    ...asTyped({ value, onInput, unit, min, max, step }),
    integer,
    problems: field.problems,
  });
  return h(
    Field,
    { ...field, name, beside: typed },
    h("input", {
      id: name,
      class: "range",
      type: "range",
      min: 0,
      max: NOTCHES,
      step: "any",
      value: place,
      style: `--filled: ${place / NOTCHES}`,
      "aria-valuetext": spoken(value, unit),
      ...described(name, field.problems),
      onKeyDown: key,
      /** @param {Event & {currentTarget: HTMLInputElement}} event */
      onInput: (event) => onInput(fromPlace(Number(event.currentTarget.value), range)),
    }),
  );
}

/**
 * A share is typed in per cent: "0 share" says nothing.
 * @template {{value: number, onInput: (value: number) => void, unit?: string, min?: number, max?: number, step?: number}} T
 * @param {T} field
 * @returns {T}
 */
function asTyped(field) {
  if (field.unit !== "share") return field;
  const inPercent = (/** @type {number | undefined} */ share) => share && Number((100 * share).toPrecision(12));
  const { value, onInput, min, max, step } = field;
  return {
    ...field,
    value: inPercent(value) ?? 0,
    onInput: (/** @type {number} */ percent) => onInput(Number((percent / 100).toPrecision(12))),
    unit: "%",
    min: inPercent(min),
    max: inPercent(max),
    step: inPercent(step),
  };
}

/** @param {number} value @param {string} [unit] */
function spoken(value, unit) {
  if (unit === "share") return formatPercent(value);
  return `${formatNumber(value)}${unit ? ` ${t("ui", unit)}` : ""}`;
}

/**
 * The typed number itself.
 * @param {{name: string, value: number, onInput: (value: number) => void, label?: string, unit?: string, min?: number,
 *   max?: number, step?: number, integer?: boolean, problems?: import("./field.js").Problem[]}} props
 */
function Typed({ name, value, onInput, label, unit, min = -Infinity, max = Infinity, step, integer, problems }) {
  const [draft, setDraft] = useState(/** @type {string | null} */ (null));
  const shown = useRef("");
  shown.current = draft ?? formatExact(value);
  const typed = draft === null ? value : parseNumber(draft);
  useEffect(() => {
    if (typed !== value) setDraft(null); // undone, or set in another tab, since it was typed
  }, [value]);
  const bad = Number.isNaN(typed) || (integer && !Number.isInteger(typed));
  /** @param {string} text */
  const take = (text) => {
    setDraft(text);
    const number = parseNumber(text);
    if (!Number.isNaN(number) && !(integer && !Number.isInteger(number))) onInput(number);
  };
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") setDraft(null);
    const direction = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    if (!direction) return;
    event.preventDefault();
    setDraft(null);
    const by = step ?? (integer ? 1 : 10 ** Math.floor(Math.log10(Math.abs(value) || 1)) / 10);
    onInput(Math.min(max, Math.max(min, Number((value + direction * by).toPrecision(12)))));
  };
  return h(
    "span",
    { class: "typed" },
    h("input", {
      id: name,
      class: "number",
      type: "text",
      inputMode: integer ? "numeric" : "decimal",
      autocomplete: "off",
      "aria-label": label && t("ui", "{label}, typed", { label }),
      value: shown.current,
      size: Math.max(3, shown.current.length),
      ...(bad ? { "aria-invalid": true, title: t("ui", "Type a number.") } : described(name, problems)),
      /** @param {Event & {currentTarget: HTMLInputElement}} event */
      onInput: (event) => take(event.currentTarget.value),
      onKeyDown: key,
      /** @param {Event & {currentTarget: HTMLInputElement}} event */
      onFocus: (event) => event.currentTarget.select(),
      onBlur: () => setDraft(null),
    }),
    unit && h("span", { class: "unit" }, unit === "%" ? unit : t("ui", unit)), // epochs, pixels, degrees
  );
}
