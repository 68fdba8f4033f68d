/** The sentences of the page in the language it speaks. */

import { catalogue, language } from "./language.js";
import { formatNumber } from "./numbers.js";

export { language, languageReady, languageTag, setLanguage } from "./language.js";

/**
 * `sentence` in the language of the page, with `{name}` replaced by `values.name`; numbers are written as we write them.
 * @param {string} context the file in locales/zh that holds it
 * @param {string} sentence English
 * @param {Record<string, unknown>} [values]
 * @returns {string}
 */
export function t(context, sentence, values) {
  const template = language.value === "zh" ? (catalogue.value[context]?.[sentence] ?? sentence) : sentence;
  return values ? fill(template, values) : template;
}

/** @param {string} template @param {Record<string, unknown>} values @returns {string} */
export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    if (value === undefined || value === null) return whole;
    return typeof value === "number" ? formatNumber(value) : String(value);
  });
}
