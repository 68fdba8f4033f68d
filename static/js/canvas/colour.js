/** Colours of numbers and of classes, from the tokens of css/tokens.css; pictures and their legends share one table. */

import { luminance, mix, parseColour } from "./mixing.js";

/** @typedef {import("./mixing.js").Rgb} Rgb */
/**
 * @typedef {{neg: Rgb, mid: Rgb, pos: Rgb, panel: Rgb, ink: Rgb, soft: Rgb, faint: Rgb, line: Rgb, accent: Rgb, bad: Rgb,
 *   classes: Rgb[]}} Palette
 */
/**
 * What a byte means, and in which colours it is shown. `diverging` runs from neg over mid to pos, 0 in the middle of
 * −limit..limit; `between` runs from class `first` over mid to class `second`, neutral at one half; `tint` goes to full
 * colour at `strength` (0..1).
 * @typedef {{kind: "diverging" | "between", low: number, high: number, limit?: number, first?: number, second?: number,
 *   strength?: number}} Scale
 */

const CLASSES = 10;
const NAMES = /** @type {const} */ (["neg", "mid", "pos", "panel", "ink", "soft", "faint", "line", "accent", "bad"]);
/** Full colour is kept for the ends; below 1 the middle stays readable. */
const BEND = 0.85;

/** @type {Palette | null} */
let known = null;
let version = 0;
/** @type {Set<() => void>} */
const listeners = new Set();
/** @type {Map<string, Uint32Array>} */
const tables = new Map();

/** The colours of the theme that is shown; read once, until the theme changes.
 * @returns {Palette} */
export function palette() {
  known ??= readPalette();
  return known;
}

/** Calls back when the theme has changed; gives the function that ends this.
 * @param {() => void} callback @returns {() => void} */
export function onTheme(callback) {
  if (listeners.size === 0) watchTheme();
  listeners.add(callback);
  return () => listeners.delete(callback);
}

/** @param {Rgb} colour @param {number} [alpha] @returns {string} */
export function css(colour, alpha = 1) {
  return `rgb(${colour.map(Math.round).join(" ")}${alpha < 1 ? ` / ${alpha}` : ""})`;
}

/** The colour of a signed number between −1 and 1.
 * @param {number} value @returns {string} */
export function diverging(value) {
  return css(divergingRgb(palette(), value));
}

/** What is read best on the colour of a signed number: ink or paper.
 * @param {number} value −1..1 @returns {string} */
export function inkOn(value) {
  const colours = palette();
  const under = luminance(divergingRgb(colours, value));
  const contrast = (/** @type {Rgb} */ text) => {
    const [dark, light] = [luminance(text), under].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  return css(contrast(colours.ink) >= contrast(colours.panel) ? colours.ink : colours.panel);
}

/** @param {number} number of the class, from 0 @returns {string} */
export function classColour(number) {
  return css(palette().classes[number % CLASSES]);
}

/** @param {Palette} colours @param {number} value −1..1 @returns {Rgb} */
export function divergingRgb(colours, value) {
  const part = Math.min(1, Math.abs(value)) ** BEND;
  return mix(colours.mid, value < 0 ? colours.neg : colours.pos, part);
}

/** The colour of every byte on a scale, packed as ImageData wants it.
 * @param {Scale} scale @returns {Uint32Array} */
export function tableOf(scale) {
  const key = `${version} ${Object.values(scale).join(" ")}`;
  let table = tables.get(key);
  if (!table) {
    if (tables.size > 400) tables.clear();
    table = tableFor(scale, palette());
    tables.set(key, table);
  }
  return table;
}

/** @param {Scale} scale @param {Palette} colours @returns {Uint32Array} 256 colours, 0xAABBGGRR */
export function tableFor(scale, colours) {
  const table = new Uint32Array(256);
  for (let code = 0; code < 256; code++) table[code] = packed(colourAt(scale, colours, code));
  return table;
}

/** @param {Rgb} colour @returns {number} */
export function packed([red, green, blue]) {
  return ((255 << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;
}

/** @param {Scale} scale @param {Palette} colours @param {number} code 0..255 @returns {Rgb} */
function colourAt(scale, colours, code) {
  const value = scale.low + (code / 255) * (scale.high - scale.low);
  const strength = scale.strength ?? 1;
  if (scale.kind === "diverging") {
    const limit = scale.limit ?? Math.max(Math.abs(scale.low), Math.abs(scale.high), 1e-12);
    const part = Math.min(1, Math.abs(value / limit)) ** BEND * strength;
    return mix(colours.mid, value < 0 ? colours.neg : colours.pos, part);
  }
  const side = Math.max(-1, Math.min(1, 2 * value - 1));
  const number = side < 0 ? (scale.first ?? 0) : (scale.second ?? 1);
  return mix(colours.mid, colours.classes[number % CLASSES], Math.abs(side) ** BEND * strength);
}

/** @type {WeakMap<HTMLCanvasElement, {image: ImageData, pixels: Uint32Array}>} */
const images = new WeakMap();

/** The pixels of a canvas of just this size, to be filled and put back; made once per canvas.
 * @param {HTMLCanvasElement} canvas @param {number} height @param {number} width */
export function pixelsOf(canvas, height, width) {
  let kept = images.get(canvas);
  if (!kept || canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
    const image = new ImageData(width, height);
    kept = { image, pixels: new Uint32Array(image.data.buffer) };
    images.set(canvas, kept);
  }
  return kept;
}

/** Paints bytes (height, width) as a picture of just that many pixels; CSS or drawImage makes it larger.
 * @param {HTMLCanvasElement} canvas @param {ArrayLike<number>} codes @param {number[]} shape (height, width)
 * @param {Scale} scale @param {number} [start] where the picture begins in `codes` */
export function paintMap(canvas, codes, shape, scale, start = 0) {
  const [height, width] = shape;
  const { image, pixels } = pixelsOf(canvas, height, width);
  const table = tableOf(scale);
  for (let at = 0; at < pixels.length; at++) pixels[at] = table[codes[start + at]];
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}

/** Paints the legend of a scale, low on the left: the same table as the pixels.
 * @param {HTMLCanvasElement} canvas @param {Scale} scale */
export function paintLegend(canvas, scale) {
  paintMap(
    canvas,
    Uint8Array.from({ length: 256 }, (_, code) => code),
    [1, 256],
    scale,
  );
}

/** @returns {Palette} */
function readPalette() {
  const root = document.documentElement;
  const style = getComputedStyle(root);
  const probe = root.appendChild(document.createElement("span"));
  probe.style.setProperty("forced-color-adjust", "none"); // else every colour is that of text
  probe.hidden = true;
  /** @param {string} name @returns {Rgb} */
  const read = (name) => {
    const text = style.getPropertyValue(`--${name}`).trim();
    if (/^\d/.test(text)) return parseColour(text);
    probe.style.color = text;
    return parseColour(getComputedStyle(probe).color);
  };
  const named = Object.fromEntries(NAMES.map((name) => [name, read(name)]));
  const classes = Array.from({ length: CLASSES }, (_, number) => read(`class-${number}`));
  probe.remove();
  return /** @type {Palette} */ ({ ...named, classes });
}

function watchTheme() {
  const changed = () => {
    known = null;
    version++;
    tables.clear();
    for (const listener of listeners) listener();
  };
  new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ["data-theme", "data-size"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
}
