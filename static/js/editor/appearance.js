/** How the page looks to this person: theme and size, remembered on this machine. */

import { signal } from "@preact/signals-core";

/** @typedef {"light" | "dark"} Theme */

const root = globalThis.document?.documentElement;

/** @type {import("@preact/signals-core").Signal<Theme>} */
export const theme = signal(shownTheme());
export const large = signal(root?.dataset.size === "large");

/** @returns {Theme} */
function shownTheme() {
  const chosen = root?.dataset.theme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return globalThis.matchMedia?.("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function switchTheme() {
  theme.value = theme.peek() === "dark" ? "light" : "dark";
  root.dataset.theme = theme.value;
  localStorage.setItem("theme", theme.value);
}

export function switchSize() {
  large.value = !large.peek();
  if (large.value) root.dataset.size = "large";
  else delete root.dataset.size;
  localStorage.setItem("size", large.value ? "large" : "");
  dispatchEvent(new Event("resize"));
}
