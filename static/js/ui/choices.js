/** Controls one chooses with: Toggle, Select, SegmentedControl, Chip, RadioCards. */

import { h } from "preact";
import { described, Field } from "./field.js";
import { useName } from "./ids.js";

/** @typedef {import("./field.js").FieldProps} FieldProps */
/** @typedef {{value: string, title: string, group?: string, disabled?: boolean}} Option */

/** Yes or no. @param {FieldProps & {value: boolean, onInput: (value: boolean) => void}} props */
export function Toggle({ value, onInput, ...field }) {
  const name = useName();
  const control = h("input", {
    id: name,
    class: "toggle",
    type: "checkbox",
    role: "switch",
    checked: value,
    ...described(name, field.problems),
    /** @param {Event & {currentTarget: HTMLInputElement}} event */
    onChange: (event) => onInput(event.currentTarget.checked),
  });
  return h(Field, { ...field, name, inline: true, beside: control });
}

/** One of many. @param {FieldProps & {value: string, options: Option[], onInput: (value: string) => void, inline?: boolean}} props */
export function Select({ value, options, onInput, inline = true, ...field }) {
  const name = useName();
  const groups = [...new Set(options.map((option) => option.group ?? ""))];
  /** @param {string} group */
  const within = (group) =>
    options
      .filter((option) => (option.group ?? "") === group)
      .map((option) =>
        h(
          "option",
          { key: option.value, value: option.value, disabled: option.disabled, selected: option.value === value },
          option.title,
        ),
      );
  const control = h(
    "select",
    {
      id: name,
      class: "select",
      value,
      ...described(name, field.problems),
      /** @param {Event & {currentTarget: HTMLSelectElement}} event */
      onChange: (event) => onInput(event.currentTarget.value),
    },
    groups.map((group) => (group ? h("optgroup", { key: group, label: group }, within(group)) : within(group))),
  );
  return h(Field, { ...field, name, inline, beside: inline ? control : undefined }, inline ? undefined : control);
}

/** One of two to four, all in sight. @param {FieldProps & {value: string, options: Option[], onInput: (value: string) => void, inline?: boolean}} props */
export function SegmentedControl({ value, options, onInput, inline = false, ...field }) {
  const name = useName();
  const control = h(
    "span",
    { class: "segments" },
    options.map((option) =>
      h(
        "label",
        { key: option.value, class: "segment" },
        h("input", {
          type: "radio",
          name,
          value: option.value,
          checked: option.value === value,
          disabled: option.disabled,
          onChange: () => onInput(option.value),
        }),
        h("span", null, option.title),
      ),
    ),
  );
  return h(
    Field,
    { ...field, name, group: true, inline, beside: inline ? control : undefined },
    inline ? undefined : control,
  );
}

/** Something that is taken in or left out; several stand in a row.
 * @param {{title: string, value: boolean, onInput: (value: boolean) => void, disabled?: boolean, hint?: string}} props */
export function Chip({ title, value, onInput, disabled, hint }) {
  return h(
    "label",
    { class: "chip", title: hint },
    h("input", {
      type: "checkbox",
      checked: value,
      disabled,
      /** @param {Event & {currentTarget: HTMLInputElement}} event */
      onChange: (event) => onInput(event.currentTarget.checked),
    }),
    h("span", null, title),
  );
}

/**
 * One of several, each with a picture and its name.
 * @param {FieldProps & {value: string, options: (Option & {picture: any, hint?: string})[], onInput: (value: string) => void}} props
 */
export function RadioCards({ value, options, onInput, ...field }) {
  const name = useName();
  return h(
    Field,
    { ...field, name, group: true },
    h(
      "span",
      { class: "radio-cards" },
      options.map((option) =>
        h(
          "label",
          {
            key: option.value,
            class: "radio-card",
            title: option.hint ? `${option.title}: ${option.hint}` : option.title,
          },
          h("input", {
            type: "radio",
            name,
            value: option.value,
            checked: option.value === value,
            "aria-label": option.title,
            onChange: () => onInput(option.value),
          }),
          option.picture,
          h("span", { class: "radio-title" }, option.title),
        ),
      ),
    ),
  );
}
