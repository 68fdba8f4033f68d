/** A text that is taken when one leaves it, and stands as one typed it until then. */

import { useState } from "preact/hooks";

/** @typedef {Event & {currentTarget: HTMLInputElement}} InputEvent */

/**
 * What an input needs for it. Without, the page's next drawing would put the old text back under one's fingers.
 * @param {string} value
 * @param {(text: string) => void} take
 */
export function useDraft(value, take) {
  const [draft, setDraft] = useState(/** @type {string | null} */ (null));
  return {
    value: draft ?? value,
    onInput: (/** @type {InputEvent} */ event) => setDraft(event.currentTarget.value),
    onChange: (/** @type {InputEvent} */ event) => take(event.currentTarget.value.normalize("NFC")),
    onBlur: () => setDraft(null), // follows the change
  };
}
