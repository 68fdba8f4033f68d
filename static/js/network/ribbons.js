/** What flows where single wires cannot be drawn: bands between columns, shortcuts around blocks, and which inputs matter. */

import { sizesOf } from "../api/shapes.js";
import { css, palette } from "../canvas/colour.js";
import { anchor } from "./layout.js";
import { kernelOf, normOf } from "./maps.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./layout.js").Column} Column */
/** @typedef {import("./layout.js").Frame} Frame */
/** @typedef {import("./wires.js").Neuron} Neuron */

const [BAND, STEP] = [28, 7]; // pixels from a shortcut to the units below it, and to the next one
const SIGN = 8; // radius of the sign of a join

/** A broad band for each link without wires.
 * @param {CanvasRenderingContext2D} context @param {Layout} layout */
export function drawRibbons(context, layout) {
  const [faint, strong] = [css(palette().line, 0.4), css(palette().line, 0.75)];
  for (const link of layout.links) {
    if (link.kind !== "bundle") continue;
    const [from, to] = [layout.columns[link.from], layout.columns[link.to]];
    if (from.height === 0 || to.height === 0) continue;
    const [x1, x2] = [from.x + from.width / 2 + 3, to.x - to.width / 2 - 3];
    const [start, end] = [extentOf(from), partOf(to, from, link.offset)];
    const fill = context.createLinearGradient(x1, 0, x2, 0);
    fill.addColorStop(0, faint);
    fill.addColorStop(0.5, strong);
    fill.addColorStop(1, faint);
    context.fillStyle = fill;
    if (link.via === undefined) band(context, x1, start, x2, end);
    else {
      const middle = /** @type {[number, number]} */ ([link.via - 7, link.via + 7]);
      band(context, x1, start, (x1 + x2) / 2, middle);
      band(context, (x1 + x2) / 2, middle, x2, end);
    }
  }
}

/** What goes around an unfolded block, over its inner cars to where it is joined; and the sign of each join.
 * @param {CanvasRenderingContext2D} context @param {Layout} layout */
export function drawShortcuts(context, layout) {
  for (const frame of layout.frames) {
    if (frame.kind !== "container" || frame.count === 0) continue;
    const join = layout.columns[frame.to];
    if (join.car.around) drawShortcut(context, layout, frame);
    if (frame.lanes > 1) {
      const x = join.x - join.width / 2 - 16 * layout.scale;
      drawSign(context, x, join.top + join.height / 2, join.car.join, layout.scale);
    }
  }
}

/** The channels that a plane under the pointer looks at: the larger the weights, the wider the line.
 * @param {CanvasRenderingContext2D} context @param {Layout} layout
 * @param {import("../live/frameFormat.js").Frame | undefined} frame @param {Neuron} lit */
export function drawSources(context, layout, frame, lit) {
  const column = layout.columns[lit.column];
  if (column?.style !== "planes") return;
  const row = column.shown.indexOf(lit.unit);
  const [right, y] = [column.lefts[row] - 1, column.tops[row] + column.tall / 2];
  context.strokeStyle = css(palette().faint);
  context.lineCap = "round";
  for (const { feed, unit, part } of sourcesOf(layout, frame, lit)) {
    const start = anchor(layout.columns[feed], unit, 1);
    if (!start) continue;
    const [x1, x2] = [leftOf(layout.columns[feed], unit) ?? start[0], right];
    context.globalAlpha = 0.2 + 0.6 * part;
    context.lineWidth = (0.75 + 4 * part) * layout.scale;
    context.beginPath();
    context.moveTo(x1, start[1]);
    context.bezierCurveTo((start[0] + x2) / 2, start[1], (start[0] + x2) / 2, y, x2, y);
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** Which channels of which columns a plane comes from, and how much each counts, 0..1.
 * @param {Layout} layout @param {import("../live/frameFormat.js").Frame | undefined} frame @param {Neuron} place
 * @returns {{feed: number, unit: number, part: number}[]} */
export function sourcesOf(layout, frame, { column: index, unit }) {
  const column = layout.columns[index];
  const { car, units } = column;
  const [feed] = column.feeds;
  const arriving = layout.columns[feed]?.units ?? 0;
  const kernel = kernelFor(layout, frame, { column: index, unit });
  if (kernel) {
    const norms = kernel.channels.map((_, at) => normOf(kernel, at));
    const most = Math.max(...norms, 1e-12);
    return kernel.channels.map((channel, at) => ({ feed, unit: channel, part: norms[at] / most }));
  }
  if (car.role === "container" && column.feeds.length > 1) {
    return layout.links
      .filter((link) => link.to === index)
      .map((link) => ({ feed: link.from, unit: unit - link.offset, part: 0.5 }))
      .filter((source) => source.unit >= 0 && source.unit < layout.columns[source.feed].units);
  }
  return arriving === units ? [{ feed, unit, part: 0.5 }] : [];
}

/** The filter that makes a plane, if one does.
 * @param {Layout} layout @param {import("../live/frameFormat.js").Frame | undefined} frame @param {Neuron} place */
export function kernelFor(layout, frame, { column: index, unit }) {
  const { car, units, feeds } = layout.columns[index];
  const arriving = sizesOf(car.takes)[0] ?? layout.columns[feeds[0]]?.units ?? 0;
  return kernelOf(frame, car.path, unit, units, car.rule?.groups ?? 1, arriving);
}

/** The right edge of a unit's tile, where the column is a grid of them.
 * @param {Column} column @param {number} unit */
function leftOf(column, unit) {
  const row = column.shown.indexOf(unit);
  return row < 0 || column.lefts[row] === undefined ? null : column.lefts[row] + column.wide + 1;
}

/** @param {Column} column @returns {[number, number]} */
function extentOf({ top, height }) {
  return [top, top + height];
}

/** Where a band arrives: at the whole column, or at the part of it that it brings.
 * @param {Column} to @param {Column} from @param {number} offset @returns {[number, number]} */
function partOf(to, from, offset) {
  if (to.car.role !== "container" || to.car.join === "add" || from.units >= to.units) return extentOf(to);
  const at = (/** @type {number} */ unit) => to.top + (to.height * unit) / Math.max(1, to.units);
  return [at(offset) + 1, at(offset + from.units) - 1];
}

/** @param {CanvasRenderingContext2D} context @param {number} x1 @param {[number, number]} start @param {number} x2
 * @param {[number, number]} end */
function band(context, x1, [top1, bottom1], x2, [top2, bottom2]) {
  const middle = (x1 + x2) / 2;
  context.beginPath();
  context.moveTo(x1, top1);
  context.bezierCurveTo(middle, top1, middle, top2, x2, top2);
  context.lineTo(x2, bottom2);
  context.bezierCurveTo(middle, bottom2, middle, bottom1, x1, bottom1);
  context.fill();
}

/** @param {CanvasRenderingContext2D} context @param {Layout} layout @param {Frame} frame */
function drawShortcut(context, layout, frame) {
  const [before, join] = [layout.columns[frame.split], layout.columns[frame.to]];
  const outer = layout.frames.filter(
    (other) => other !== frame && other.kind === "container" && other.from <= frame.from && other.to > frame.to,
  );
  const { scale } = layout;
  const head = join.cardTop + (join.compact ? 48 : 92) * scale;
  const top = head - (BAND - STEP * Math.min(3, outer.length)) * scale;
  const [x1, x2] = [before.x + before.width / 2 - 6, join.x];
  context.strokeStyle = css(palette().faint);
  context.fillStyle = css(palette().faint);
  context.lineWidth = 1.75 * scale;
  context.beginPath();
  context.moveTo(x1, Math.max(top + 12, before.top - 4));
  context.bezierCurveTo(x1 + 6, top, x1 + 12, top, x1 + 30, top);
  context.lineTo(x2 - 16, top);
  context.quadraticCurveTo(x2, top, x2, Math.max(top + 8, join.top - 9));
  context.stroke();
  const tip = Math.max(top + 14, join.top - 3);
  context.beginPath();
  context.moveTo(x2, tip);
  context.lineTo(x2 - 5, tip - 8);
  context.lineTo(x2 + 5, tip - 8);
  context.fill();
  drawSign(context, x2 - 22 * scale, top, join.car.join, scale);
}

/** A plus where numbers are added; two bars where they stand side by side.
 * @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {"add" | "concat"} join
 * @param {number} scale */
function drawSign(context, x, y, join, scale) {
  const arm = (SIGN - 3.5) * scale;
  context.fillStyle = css(palette().panel);
  context.strokeStyle = css(palette().soft);
  context.lineWidth = 1.5 * scale;
  context.beginPath();
  context.arc(x, y, SIGN * scale, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
  context.beginPath();
  if (join === "add") {
    context.moveTo(x - arm, y);
    context.lineTo(x + arm, y);
    context.moveTo(x, y - arm);
    context.lineTo(x, y + arm);
  } else {
    for (const side of [-2.2, 2.2]) {
      context.moveTo(x + side * scale, y - arm);
      context.lineTo(x + side * scale, y + arm);
    }
  }
  context.stroke();
}
