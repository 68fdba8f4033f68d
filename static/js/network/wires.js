/** Wires: weights as curves between columns. Sign gives the colour, size gives width and opacity. Pure geometry and canvas. */

import { css } from "../canvas/colour.js";
import { anchor } from "./layout.js";
import { strengthOf, weightAt, weightsOf } from "./weights.js";

/** @typedef {import("../live/frameFormat.js").Frame} Frame */
/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("../canvas/colour.js").Palette} Palette */
/**
 * The wires between two columns; of wire n, `ys[2n]` is where it starts and `ys[2n + 1]` where it ends.
 * @typedef {{from: number, to: number, path: string, x1: number, x2: number, count: number, ys: Float32Array,
 *   sources: Int32Array, targets: Int32Array, same: boolean}} Bundle `sources`, `targets` are unit numbers
 */
/** A neuron, or with `source` only the wire that reaches it from there.
 * @typedef {{column: number, unit: number, source?: number}} Neuron */

const LEVELS = 14;
const ABSENT = 255;
const MOST_WIRES = 2000;

/** @param {Layout} layout @returns {Bundle[]} */
export function bundlesOf(layout) {
  return layout.links.filter((link) => link.kind !== "bundle").map((link) => bundleOf(layout, link));
}

/** @param {Layout} layout @param {import("./layout.js").Link} link @returns {Bundle} */
function bundleOf(layout, link) {
  const [from, to] = [layout.columns[link.from], layout.columns[link.to]];
  /** @type {number[]} */ const ys = [];
  /** @type {number[]} */ const sources = [];
  /** @type {number[]} */ const targets = [];
  const units = from.style === "strip" ? Array.from({ length: from.units }, (_, unit) => unit) : from.shown;
  const ends = to.style === "strip" ? Array.from({ length: to.units }, (_, unit) => unit) : to.shown;
  for (const target of ends) {
    for (const source of units) {
      if (link.kind === "same" && source + link.offset !== target) continue;
      const [start, end] = [anchor(from, source, 1), anchor(to, target, -1)];
      if (!start || !end) continue;
      ys.push(start[1], end[1]);
      sources.push(source);
      targets.push(target);
    }
  }
  return {
    from: link.from,
    to: link.to,
    path: link.path,
    x1: from.x + from.width / 2,
    x2: to.x - to.width / 2,
    count: sources.length,
    ys: Float32Array.from(ys),
    sources: Int32Array.from(sources),
    targets: Int32Array.from(targets),
    same: link.kind === "same",
  };
}

/** Draws all wires, the weakest first; those of `lit` alone in full, their negative ones dashed.
 * @param {CanvasRenderingContext2D} context @param {Bundle[]} bundles @param {Layout} layout
 * @param {Frame | undefined} frame @param {Palette} colours @param {Neuron | null} lit
 * @param {number} about the column whose wires are spoken of, while no neuron is lit; −1 for none */
export function drawWires(context, bundles, layout, frame, colours, lit, about) {
  const total = bundles.reduce((sum, bundle) => sum + (bundle.same ? 0 : bundle.count), 0);
  const share = Math.min(1, MOST_WIRES / Math.max(1, total));
  const spoken = lit === null && bundles.some(({ to }) => to === about);
  context.lineCap = "round";
  for (const bundle of bundles) {
    const weights = bundle.same ? null : weightsOf(frame, bundle.path);
    const dim = lit ? lit.source === undefined : spoken && bundle.to !== about;
    if (!weights) drawPlain(context, bundle, colours, dim ? 0.25 : 0.8);
    else drawBundle(context, bundle, weights, colours, { share, dim, scale: layout.scale });
  }
  if (lit) for (const bundle of bundles) drawLit(context, bundle, frame, colours, lit);
}

/** @param {CanvasRenderingContext2D} context @param {Bundle} bundle @param {Palette} colours @param {number} alpha */
function drawPlain(context, bundle, colours, alpha) {
  context.strokeStyle = css(bundle.same ? colours.faint : colours.line);
  context.globalAlpha = bundle.same ? alpha * 0.6 : alpha;
  context.lineWidth = bundle.same ? 1.25 : 0.75;
  context.beginPath();
  for (let wire = 0; wire < bundle.count; wire++) curve(context, bundle, wire);
  context.stroke();
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {Bundle} bundle @param {NonNullable<ReturnType<typeof weightsOf>>} weights
 * @param {Palette} colours @param {{share: number, dim: boolean, scale: number}} how the share of the wires that is drawn */
function drawBundle(context, bundle, weights, colours, { share, dim, scale }) {
  const levels = new Uint8Array(bundle.count);
  const counts = new Uint32Array(2 * LEVELS);
  for (let wire = 0; wire < bundle.count; wire++) {
    const weight = weightAt(weights, bundle.sources[wire], bundle.targets[wire]);
    if (Number.isNaN(weight)) {
      levels[wire] = ABSENT;
      continue;
    }
    const level = Math.min(LEVELS - 1, Math.floor(strengthOf(weight, weights.inputs) * LEVELS));
    levels[wire] = 2 * level + (weight < 0 ? 1 : 0);
    counts[levels[wire]]++;
  }
  let left = share * bundle.count;
  let lowest = 0;
  for (let level = 2 * LEVELS - 1; level >= 0; level--) {
    left -= counts[level];
    if (left < 0) {
      lowest = level;
      break;
    }
  }
  const crowded = Math.min(1, 12 / Math.sqrt(bundle.count));
  for (let level = 0; level < 2 * LEVELS; level++) {
    if (counts[level] === 0 || (share < 1 && level < lowest - 1)) continue;
    const part = (Math.floor(level / 2) + 0.5) / LEVELS;
    context.strokeStyle = css(level % 2 ? colours.neg : colours.pos);
    context.globalAlpha = (0.14 + 0.78 * part) * (dim ? 0.16 : 1) * (level < lowest ? 0.3 : 1);
    context.lineWidth = (0.6 + 6.4 * part ** 1.25 * (0.45 + 0.55 * crowded)) * scale ** 2; // large text is for a room: thicker still
    context.beginPath();
    for (let wire = 0; wire < bundle.count; wire++) if (levels[wire] === level) curve(context, bundle, wire);
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {Bundle} bundle @param {Frame | undefined} frame
 * @param {Palette} colours @param {Neuron} lit */
function drawLit(context, bundle, frame, colours, lit) {
  if (bundle.to !== lit.column && bundle.from !== lit.column) return;
  const weights = bundle.same ? null : weightsOf(frame, bundle.path);
  const incoming = bundle.to === lit.column;
  for (let wire = 0; wire < bundle.count; wire++) {
    if ((incoming ? bundle.targets : bundle.sources)[wire] !== lit.unit) continue;
    if (lit.source !== undefined && (!incoming || bundle.sources[wire] !== lit.source)) continue;
    const weight = weightAt(weights, bundle.sources[wire], bundle.targets[wire]);
    if (weights && Number.isNaN(weight)) continue;
    const part = weights ? strengthOf(weight, weights.inputs) : 0.2;
    context.strokeStyle = css(!weights ? colours.faint : weight < 0 ? colours.neg : colours.pos);
    context.globalAlpha = incoming ? 0.55 + 0.45 * part : 0.3 + 0.3 * part;
    context.lineWidth = 1.2 + 6 * part ** 1.25;
    context.setLineDash(weight < 0 ? [context.lineWidth * 1.5 + 4, context.lineWidth + 4] : []);
    context.beginPath();
    curve(context, bundle, wire);
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {Bundle} bundle @param {number} wire */
function curve(context, bundle, wire) {
  const [y1, y2] = [bundle.ys[2 * wire], bundle.ys[2 * wire + 1]];
  const middle = (bundle.x1 + bundle.x2) / 2;
  context.moveTo(bundle.x1, y1);
  context.bezierCurveTo(middle, y1, middle, y2, bundle.x2, y2);
}

/** The wire nearest to a point, if one is within `reach` pixels.
 * @param {Bundle[]} bundles @param {number} x @param {number} y @param {number} [reach]
 * @returns {{bundle: Bundle, wire: number} | null} */
export function wireAt(bundles, x, y, reach = 6) {
  let found = null;
  let nearest = reach;
  for (const bundle of bundles) {
    if (bundle.same || x < bundle.x1 || x > bundle.x2) continue;
    const part = rise((x - bundle.x1) / (bundle.x2 - bundle.x1));
    for (let wire = 0; wire < bundle.count; wire++) {
      const [y1, y2] = [bundle.ys[2 * wire], bundle.ys[2 * wire + 1]];
      const distance = Math.abs(y1 + (y2 - y1) * part - y);
      if (distance < nearest) {
        nearest = distance;
        found = { bundle, wire };
      }
    }
  }
  return found;
}

/** How far a wire has risen (0..1) at a share of its way across: all wires have the same form.
 * @param {number} across 0..1 @returns {number} */
export function rise(across) {
  let [low, high] = [0, 1];
  for (let round = 0; round < 24; round++) {
    const t = (low + high) / 2;
    if (1.5 * t * (1 - t) + t ** 3 < across) low = t;
    else high = t;
  }
  return low * low * (3 - 2 * low);
}
