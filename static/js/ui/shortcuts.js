/** Keys that work anywhere on the page, except while one types, while a control has the focus, or when switched off. */

import { signal } from "@preact/signals-core";

/** @typedef {{key: string, title: string, action: () => void, anywhere?: boolean}} Shortcut */

const SAME = /** @type {Record<string, string>} */ ({
  "。": ".",
  "》": ">",
  "？": "?",
  "　": " ",
  "０": "0",
  "．": ".",
  "＞": ">",
});
const OFF = "shortcuts-off";
// Space is the key of these; the others only take what is typed.
const PRESSED = "button, summary, a[href], [role=button], [role=tab], input, select, textarea";
const TYPED = "input, select, textarea, [contenteditable=true]";

/** Whether the page shows all its keys. */
export const keysShown = signal(false);
export const shortcutsOn = signal(globalThis.localStorage?.getItem(OFF) === null);

/** @param {boolean} on */
export function switchShortcuts(on) {
  shortcutsOn.value = on;
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
}

/**
 * What key an event means, or null where it belongs to something else.
 * @param {{key: string, isComposing: boolean, ctrlKey: boolean, metaKey: boolean, altKey: boolean, defaultPrevented: boolean}} event
 * @param {(selector: string) => boolean} onto whether the event's target is within such an element
 * @returns {string | null}
 */
export function meantKey(event, onto) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return null;
  const key = SAME[event.key] ?? event.key;
  if (onto("dialog")) return null;
  return onto(key === " " ? PRESSED : TYPED) ? null : key;
}

/** Listens from now on. @param {() => Shortcut[]} shortcuts @returns {() => void} ends it */
export function listenToKeys(shortcuts) {
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const key = meantKey(event, (selector) => Boolean(target?.closest(selector)));
    const found = key !== null && shortcuts().find((shortcut) => shortcut.key === key);
    if (!found || (!shortcutsOn.value && !found.anywhere)) return;
    event.preventDefault();
    found.action();
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}
