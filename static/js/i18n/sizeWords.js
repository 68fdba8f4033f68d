/** Sizes of files and moments, as people read them. */

import { languageTag } from "../i18n/language.js";
import { formatNumber } from "../i18n/numbers.js";

const UNITS = ["B", "kB", "MB", "GB"];

/** @param {number} bytes @returns {string} such as 3.4 MB */
export function formatBytes(bytes) {
  let [size, unit] = [bytes, 0];
  while (size >= 1000 && unit < UNITS.length - 1) [size, unit] = [size / 1000, unit + 1];
  return `${formatNumber(size, unit > 1 ? 2 : 3)} ${UNITS[unit]}`;
}

/** @param {number} seconds Unix time @returns {string} the time of day for today, else the day */
export function formatWhen(seconds, now = Date.now()) {
  const moment = new Date(seconds * 1000);
  const today = moment.toDateString() === new Date(now).toDateString();
  const style = /** @type {Intl.DateTimeFormatOptions} */ (today ? { timeStyle: "short" } : { dateStyle: "medium" });
  return new Intl.DateTimeFormat(languageTag(), style).format(moment);
}
