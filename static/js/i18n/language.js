/** Which language the page speaks, and its catalogue. English is in the code; Chinese comes once, from the server. */

import { signal } from "@preact/signals-core";

/** @typedef {"en" | "zh"} Language */
/** Chinese for English sentences, by context: the name of a file in locales/zh.
 * @typedef {Record<string, Record<string, string>>} Catalogue */

const YEAR = 31_536_000; // seconds

/** @type {import("@preact/signals-core").Signal<Language>} */
export const language = signal(pageLanguage());
/** @type {import("@preact/signals-core").Signal<Catalogue>} */
export const catalogue = signal({});

/** The language the server chose for this page. @returns {Language} */
function pageLanguage() {
  return globalThis.document?.documentElement.lang.startsWith("zh") ? "zh" : "en";
}

/** The tag for Intl and for `lang`. @param {Language} [of] */
export function languageTag(of = language.value) {
  return of === "zh" ? "zh-Hans" : "en";
}

/** Fetches the catalogue where one is needed. Await it before the first drawing, so that nothing changes under the eye. */
export async function languageReady() {
  if (language.value === "zh") await fetchCatalogue();
}

/** Speaks another language from now on; remembered in a cookie, which the server reads too.
 * @param {Language} wanted */
export async function setLanguage(wanted) {
  if (wanted === "zh") await fetchCatalogue();
  document.cookie = `language=${wanted}; path=/; max-age=${YEAR}; samesite=lax`;
  document.documentElement.lang = languageTag(wanted);
  language.value = wanted;
}

async function fetchCatalogue() {
  if (Object.keys(catalogue.value).length > 0) return;
  const response = await fetch("/api/locales/zh");
  if (response.ok) catalogue.value = await response.json();
}
