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

/** Whether the page is one column, with the settings and the playback at the bottom. page.css has the same width. */
export const narrow = matching("(max-width: 960px)");
/** Whether there is room for what folds first. */
export const roomy = matching("(min-width: 961px) and (min-height: 861px)");

/** Whether the window is like that, now and later. @param {string} query */
function matching(query) {
  const found = signal(false);
  const media = globalThis.matchMedia?.(query);
  const follow = () => (found.value = Boolean(media?.matches));
  media?.addEventListener("change", follow);
  follow();
  return found;
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
