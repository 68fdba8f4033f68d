/** What a layer is called by its path alone. */

import { t } from "../i18n/t.js";

/** `/layers/0` is layer 1; `/head/0` is the output. @param {string} path @returns {string} */
export function nameOfPath(path) {
  if (path.startsWith("/head")) return t("views", "Output");
  const numbers = (path.match(/\d+/g) ?? []).map((number) => Number(number) + 1);
  return t("views", "Layer {number}", { number: numbers.join(".") });
}
