/** Numbers as people read them: rounded to what matters, never "0.000". */

import { language, languageTag } from "./language.js";

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const MINUS = "−";
/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();

/** @param {Intl.NumberFormatOptions} options */
function format(options) {
  const key = languageTag() + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.NumberFormat(languageTag(), options)));
  return found;
}

/**
 * A number with `digits` that matter: 0.412, 4.1·10⁻⁴, 12,000. Whole numbers keep all their digits below ten million.
 * @param {number} value
 * @param {number} [digits]
 * @returns {string}
 */
export function formatNumber(value, digits = 3) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e7) return signed(format({ maximumFractionDigits: 0 }).format(value));
  if (size < 1e-3 || size >= 1e7) return powerOfTen(value, Math.min(digits, 2));
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  const options = { minimumFractionDigits: 0, maximumFractionDigits: Math.min(decimals, 10) };
  return signed(format(options).format(value));
}

/**
 * 4.1·10⁻⁴. A mantissa of 1 is left out: 10⁻⁴.
 * @param {number} value
 * @param {number} [digits]
 * @returns {string}
 */
export function powerOfTen(value, digits = 2) {
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  const number = Number(mantissa);
  const power = `10${superscript(Number(exponent))}`;
  if (Math.abs(number) === 1) return signed(`${number < 0 ? "-" : ""}${power}`);
  return signed(`${number}·${power}`);
}

/** @param {number} whole @returns {string} */
export function superscript(whole) {
  const digits = String(Math.abs(whole)).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]);
  return whole < 0 ? `⁻${digits}` : digits;
}

/**
 * A fraction as per cent: 0.9667 gives 96.7 %. 1 is 100 %, and nothing less ever reads so.
 * @param {number} fraction
 * @param {number} [decimals]
 * @returns {string}
 */
export function formatPercent(fraction, decimals = 1) {
  if (!Number.isFinite(fraction)) return formatNumber(fraction);
  const scale = 10 ** decimals;
  let percent = Math.round(fraction * 100 * scale) / scale;
  if (percent === 100 && fraction < 1) percent = 100 - 1 / scale;
  if (percent === 0 && fraction > 0) return `< ${signed(format({}).format(1 / scale))} %`;
  const whole = Number.isInteger(percent);
  const options = { minimumFractionDigits: whole ? 0 : decimals, maximumFractionDigits: decimals };
  return `${signed(format(options).format(percent))} %`;
}

/**
 * A length of time in words that fit: 340 ms, 8.5 s, 3 min 20 s, 2 h 5 min.
 * @param {number} seconds
 * @returns {string}
 */
export function formatDuration(seconds) {
  if (!Number.isFinite(seconds)) return "∞";
  const zh = language.value === "zh";
  const [ms, s, min, h] = zh ? [" 毫秒", " 秒", " 分", " 小时"] : [" ms", " s", " min", " h"];
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)}${ms}`;
  if (seconds < 9.95) return `${format({ maximumFractionDigits: 1 }).format(seconds)}${s}`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}${s}`;
  if (whole < 3600) return `${Math.floor(whole / 60)}${min}${whole % 60 ? ` ${whole % 60}${s}` : ""}`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)}${h}${minutes % 60 ? ` ${minutes % 60}${min}` : ""}`;
}

/**
 * What a person typed, read as a number: full-width digits, "," or "，" in thousands, "1e-3", "4.1·10⁻⁴", "−".
 * @param {string} text
 * @returns {number} NaN where it is none
 */
export function parseNumber(text) {
  const plain = text
    .normalize("NFKC")
    .replace(/[\s_%]/g, "")
    .replace(/[−–]/g, "-")
    .replace(/(\d),(?=\d{3}(\D|$))/g, "$1")
    .replace(/,/g, ".")
    .replace(/[·×*]10\^?(-?\d+)$/i, "e$1")
    .replace(/^(-?)10(-\d+)$/, "$11e$2");
  return plain === "" ? Number.NaN : Number(plain);
}

/** The minus sign of mathematics. @param {string} text */
function signed(text) {
  return text.replace(/-/g, MINUS);
}
