/** Colours as three numbers 0..255: read from CSS, mixed so that the steps look equal. Pure. */

/** @typedef {[number, number, number]} Rgb */

/** The numbers of a colour as the browser writes it (`rgb(…)`, `color(srgb …)`, `#rrggbb`) or as bare `r, g, b`.
 * @param {string} text @returns {Rgb} */
export function parseColour(text) {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim());
  if (hex) {
    const long = hex[1].length === 3 ? hex[1].replace(/./g, "$&$&") : hex[1];
    const [red, green, blue] = [0, 2, 4].map((at) => Number.parseInt(long.slice(at, at + 2), 16));
    return [red, green, blue];
  }
  const numbers = (text.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
  if (numbers.length < 3) throw new Error(`Expected a colour, but got ${text}.`);
  const factor = text.trim().startsWith("color(") ? 255 : 1;
  return [numbers[0] * factor, numbers[1] * factor, numbers[2] * factor];
}

/** How bright a colour is, 0..1. Source: WCAG 2.2, relative luminance.
 * @param {Rgb} colour @returns {number} */
export function luminance(colour) {
  const [r, g, b] = colour.map((c) => (c <= 10.31475 ? c / 3294.6 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** A colour between two, `part` of the way, in OKLab so that the steps look equal. Source: Björn Ottosson 2020.
 * @param {Rgb} from @param {Rgb} to @param {number} part 0..1 @returns {Rgb} */
export function mix(from, to, part) {
  const [a, b] = [toLab(from), toLab(to)];
  return fromLab([a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part, a[2] + (b[2] - a[2]) * part]);
}

/** @param {Rgb} colour @returns {Rgb} */
function toLab(colour) {
  const [r, g, b] = colour.map((c) => (c <= 10.31475 ? c / 3294.6 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** @param {Rgb} lab @returns {Rgb} */
function fromLab([lightness, a, b]) {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const [red, green, blue] = linear.map((c) => {
    const bright = c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055;
    return Math.min(255, Math.max(0, bright * 255));
  });
  return [red, green, blue];
}
