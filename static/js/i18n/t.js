/** The sentences of the page in the language it speaks. */

import { catalogue, language } from "./language.js";
import { formatNumber } from "./numbers.js";

const HAN = "[\u3400-\u9fff]";
const WESTERN = "[A-Za-z0-9\u00c0-\u024f\u0370-\u03ff\u2070-\u2094\u2212]"; // also Greek, raised and lowered digits, minus
const EDGE = "\0"; // where a value begins or ends
const TOUCHING = new RegExp(`(${HAN})${EDGE}+(?=${WESTERN})|(${WESTERN})${EDGE}+(?=${HAN})`, "g");
const APART = new RegExp(`(${HAN})(?: ${EDGE}+|${EDGE}+ )(?=${HAN})`, "g");

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

/** Chinese has a blank between Chinese and Western text, and none within Chinese: so blanks beside values are set here,
 * as `app/web/filling.py` does. @param {string} template @param {Record<string, unknown>} values @returns {string} */
export function fill(template, values) {
  const edge = language.value === "zh" ? EDGE : "";
  const filled = template.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    if (value === undefined || value === null) return whole;
    return edge + (typeof value === "number" ? formatNumber(value) : String(value)) + edge;
  });
  return edge ? filled.replace(APART, "$1").replace(TOUCHING, "$1$2 ").replaceAll(EDGE, "") : filled;
}

/** Sentences one after another, with a blank between them; in Chinese without, as its full stop is wide. What is empty is
 * left out. @param {...(string | false | null | undefined)} told @returns {string} */
export const sentences = (...told) => told.filter(Boolean).join(language.value === "zh" ? "" : " ");
