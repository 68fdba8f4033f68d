/** Numbers as people read them, the same everywhere: rounded to what matters, never "0.000". `app/web/numbers.py` writes the same.
 * Chinese has no blank before a per cent sign and writes powers with a cross: 96.7%, 4.1×10⁻⁴. */

import { language, languageTag } from "./language.js";

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const MINUS = "−";
const NOTHING = "–"; // where there is no number
const SMALL = 1e-3; // numbers below it are written as powers of ten
/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();

/** @param {Intl.NumberFormatOptions} options */
function format(options) {
  const key = languageTag() + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.NumberFormat(languageTag(), options)));
  return found;
}

/** How a kind of number is written: a share as per cent, any other as it is. @typedef {"percent" | "number"} Written */

/**
 * A number as its kind is written; what was not measured is a dash.
 * @param {Written | undefined} written
 * @param {number | string | null | undefined} value as it travels: what JSON has no number for comes as a word
 * @param {number} [digits]
 * @returns {string}
 */
export function formatAs(written, value, digits) {
  if (value === undefined || value === null) return NOTHING;
  return written === "percent" ? formatPercent(Number(value)) : formatNumber(Number(value), digits);
}

/**
 * A number with `digits` that matter: 0.412, 4.1·10⁻⁴, 12,000. Whole numbers keep all their digits below ten million.
 * What is no number is a dash.
 * @param {number} value
 * @param {number} [digits]
 * @returns {string}
 */
export function formatNumber(value, digits = 3) {
  if (Number.isNaN(value)) return NOTHING;
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e7) return signed(format({ maximumFractionDigits: 0 }).format(value));
  const rounded = Number(size.toPrecision(digits)); // 0.00099999 is 0.001, as 0.001 is
  if (rounded < SMALL || rounded >= 1e7) return powerOfTen(value, Math.min(digits, 2));
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(rounded)));
  const options = { minimumFractionDigits: 0, maximumFractionDigits: Math.min(decimals, 10) };
  return signed(format(options).format(value));
}

/**
 * Both ends of a range. Whole numbers of up to four digits stand without commas, as years do: 1900 to 2020.
 * @param {number} low
 * @param {number} high
 * @returns {string[]}
 */
export function formatRange(low, high) {
  const ends = [low, high];
  const plain = ends.every((end) => Number.isInteger(end) && Math.abs(end) < 1e4);
  return ends.map((end) => (plain ? signed(String(end)) : formatNumber(end)));
}

/**
 * 4.1·10⁻⁴. A mantissa of 1 is left out: 10⁻⁴.
 * @param {number} value
 * @param {number} [digits]
 * @returns {string}
 */
function powerOfTen(value, digits = 2) {
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  const number = Number(mantissa);
  const power = `10${superscript(Number(exponent))}`;
  if (Math.abs(number) === 1) return signed(`${number < 0 ? "-" : ""}${power}`);
  return signed(`${number}${inChinese() ? "×" : "·"}${power}`);
}

/** @param {number} whole @returns {string} */
function superscript(whole) {
  const digits = String(Math.abs(whole)).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]);
  return whole < 0 ? `⁻${digits}` : digits;
}

/**
 * A number with all its digits, as one types it: 0.00125 is 1.25·10⁻³.
 * @param {number} value
 * @returns {string}
 */
export function formatExact(value) {
  if (!Number.isFinite(value)) return "";
  const size = Math.abs(value);
  if (size === 0 || (size >= SMALL && size < 1e9)) return signed(String(value));
  return powerOfTen(value, value.toExponential().replace(/e.*|\D/g, "").length);
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
  const sign = inChinese() ? "%" : " %";
  let percent = Math.round(fraction * 100 * scale) / scale;
  if (percent === 100 && fraction < 1) percent = 100 - 1 / scale;
  if (percent === 0 && fraction > 0) return `< ${signed(format({}).format(1 / scale))}${sign}`;
  const whole = Number.isInteger(percent);
  const options = { minimumFractionDigits: whole ? 0 : decimals, maximumFractionDigits: decimals };
  return signed(format(options).format(percent)) + sign;
}

/**
 * A length of time in words that fit: 340 ms, 8.5 s, 3 min 20 s, 2 h 5 min.
 * @param {number} seconds
 * @returns {string}
 */
export function formatDuration(seconds) {
  if (!Number.isFinite(seconds)) return "∞";
  const [ms, s, min, h] = inChinese() ? [" 毫秒", " 秒", " 分", " 小时"] : [" ms", " s", " min", " h"];
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

function inChinese() {
  return language.value === "zh";
}

/** The minus sign of mathematics. @param {string} text */
function signed(text) {
  return text.replace(/-/g, MINUS);
}
