/** Text that is edited where it stands. */

import { h } from "preact";
import { TextField } from "../../ui/controls.js";

/**
 * A line one edits in place: Enter or leaving keeps it, Escape does not.
 * @param {{label: string, value: string, onDone: (text: string | null) => void}} props
 */
export function Line({ label, value, onDone }) {
  return h(TextField, {
    label,
    bare: true,
    value,
    late: true,
    onInput: () => {}, // what is typed is taken when the line is left
    attributes: {
      ref: (/** @type {HTMLInputElement | null} */ input) => input && document.activeElement !== input && input.focus(),
      onBlur: (/** @type {FocusEvent & {currentTarget: HTMLInputElement}} */ event) => {
        const text = event.currentTarget.value.normalize("NFC").trim();
        onDone(event.currentTarget.dataset.dropped || text === value ? null : text);
      },
      onKeyDown: (/** @type {KeyboardEvent & {currentTarget: HTMLInputElement}} */ event) => {
        if (event.isComposing) return;
        if (event.key === "Escape") event.currentTarget.dataset.dropped = "yes";
        if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
      },
    },
  });
}
