/** What stands on a chart beside its lines: their names at their ends, and marks where something happened. */

import { networkTitle } from "../api/parts.js";
import { textScale } from "../canvas/textScale.js";
import { networkOf } from "../views/paths.js";
import { formatNumber } from "../i18n/numbers.js";

/** @typedef {import("./plot.js").Plot} Plot */
/** @typedef {import("uplot")} uPlot */

const LEADING = 15; // pixels between two names, before the screen's own scale and that of text
const NARROW = 480; // pixels

/**
 * The name of each line at its end; names that would touch move apart.
 * @param {Plot} plot
 * @param {uPlot} u
 * @param {(name: string) => string} colour
 * @param {string} font
 */
export function drawLabels(plot, u, colour, font) {
  const { ctx, bbox } = u;
  const scale = devicePixelRatio * textScale();
  const narrow = u.width < NARROW;
  const ends = plot.chart.traces.flatMap((trace, i) => {
    if (!trace.label) return [];
    const values = u.data[i + 1];
    const last = lastSeen(values, u.data[0], u.scales.x.max ?? Infinity);
    if (last < 0) return [];
    const x = u.valToPos(u.data[0][last], "x", true);
    const y = u.valToPos(/** @type {number} */ (values[last]), "y", true);
    return [{ trace, x, y, at: y }];
  });
  ends.sort((a, b) => a.y - b.y);
  const gap = LEADING * scale;
  for (let i = 1; i < ends.length; i += 1) ends[i].at = Math.max(ends[i].at, ends[i - 1].at + gap);
  const over = ends.length ? ends[ends.length - 1].at + 5 * scale - (bbox.top + bbox.height) : 0;
  if (over > 0) for (const end of ends) end.at -= over;
  ctx.save();
  ctx.font = scaled(font, devicePixelRatio);
  ctx.textBaseline = "middle";
  for (const { trace, x, y, at } of ends) {
    ctx.fillStyle = colour(trace.colour ?? trace.weight);
    ctx.beginPath();
    ctx.arc(x, y, (trace.colour ? 3.5 : 2.5) * scale, 0, 7);
    ctx.fill();
    ctx.fillStyle = colour(trace.weight);
    const room = narrow ? x - bbox.left : u.width * devicePixelRatio - x - 8 * scale;
    ctx.textAlign = narrow ? "right" : "left";
    const text = fitted(ctx, trace.title, room);
    ctx.lineWidth = 3 * scale;
    ctx.strokeStyle = colour("ground");
    const place = narrow ? x - 6 * scale : x + 7 * scale;
    const height = narrow ? at - 9 * scale : at;
    ctx.strokeText(text, place, height);
    ctx.fillText(text, place, height);
  }
  ctx.restore();
}

/**
 * The title of the horizontal axis, in line with its numbers, so that it costs no height.
 * @param {Plot} plot
 * @param {uPlot} u
 * @param {(name: string) => string} colour
 * @param {string} font
 */
export function drawAxisTitle(plot, u, colour, font) {
  const { ctx, bbox } = u;
  const scale = devicePixelRatio * textScale();
  const narrow = u.width < NARROW;
  ctx.save();
  ctx.font = scaled(font, devicePixelRatio);
  ctx.fillStyle = colour("text");
  ctx.textAlign = "left";
  ctx.textBaseline = narrow ? "bottom" : "top";
  const right = bbox.left + bbox.width;
  const bottom = bbox.top + bbox.height;
  if (narrow) ctx.fillText(plot.chart.x.title, bbox.left + 4 * scale, bottom - 3 * scale);
  else ctx.fillText(plot.chart.x.title, right + 28 * scale, bottom + 6 * scale);
  ctx.restore();
}

/**
 * An upright where the page looks back at.
 * @param {Plot} plot
 * @param {uPlot} u
 * @param {(name: string) => string} colour
 */
export function drawCursor(plot, u, colour) {
  const { cursor } = plot.chart;
  if (cursor === undefined) return;
  const { ctx, bbox } = u;
  const at = u.valToPos(cursor, "x", true);
  if (!(at >= bbox.left && at <= bbox.left + bbox.width)) return;
  ctx.save();
  ctx.strokeStyle = colour("strong");
  ctx.setLineDash([]);
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(at, bbox.top);
  ctx.lineTo(at, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

/**
 * Thin uprights where a command was applied, and where a number was not finite.
 * @param {Plot} plot
 * @param {uPlot} u
 * @param {(name: string) => string} colour
 * @param {string} font
 */
export function drawMarks(plot, u, colour, font) {
  const { ctx, bbox } = u;
  const scale = devicePixelRatio;
  ctx.save();
  ctx.font = scaled(font, scale);
  ctx.textAlign = "left";
  ctx.textBaseline = "top";
  let free = bbox.left; // where the next title may begin
  for (const { x, title, kind } of plot.chart.marks) {
    const at = u.valToPos(x, "x", true);
    if (!(at >= bbox.left && at <= bbox.left + bbox.width)) continue;
    ctx.strokeStyle = colour(kind === "infinite" ? "mark" : "faint");
    ctx.lineWidth = scale;
    ctx.setLineDash([2 * scale, 3 * scale]);
    ctx.beginPath();
    ctx.moveTo(at, bbox.top);
    ctx.lineTo(at, bbox.top + bbox.height);
    ctx.stroke();
    ctx.fillStyle = colour(kind === "infinite" ? "mark" : "text");
    const width = ctx.measureText(title).width;
    const start = at + width + 4 * scale > bbox.left + bbox.width ? at - width - 4 * scale : at + 4 * scale;
    if (start < free) continue; // the line says enough; the pointer tells the rest
    ctx.fillText(title, start, bbox.top + scale);
    free = start + width + 8 * scale;
  }
  ctx.restore();
}

/**
 * What a command says on the chart, short.
 * @param {Record<string, any>} command
 * @param {(path: string) => string} [titleOf] of a setting
 */
export function commandTitle(command, titleOf = lastOf) {
  if (command.kind !== "set") return "";
  const path = String(command.weight?.path ?? command.path);
  const network = networkOf(path);
  const named = path.startsWith("/networks/") && network !== "main" ? `${networkTitle(network)} ` : "";
  const name = `${named}${command.weight ? lastOf(path) : titleOf(path)}`;
  return `${name} ${typeof command.value === "number" ? formatNumber(command.value) : command.value}`;
}

/** @param {string} path */
const lastOf = (path) => path.split("/").pop() ?? path;

/**
 * The last point of a line that is in view.
 * @param {ArrayLike<number | null | undefined>} values
 * @param {ArrayLike<number>} x
 * @param {number} end
 */
function lastSeen(values, x, end) {
  let i = values.length - 1;
  while (i >= 0 && (values[i] === undefined || values[i] === null || x[i] > end)) i -= 1;
  return i;
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} text
 * @param {number} room
 */
function fitted(ctx, text, room) {
  if (ctx.measureText(text).width <= room) return text;
  let short = text;
  while (short.length > 1 && ctx.measureText(`${short}…`).width > room) short = short.slice(0, -1);
  return `${short}…`;
}

/**
 * @param {string} font
 * @param {number} scale
 */
const scaled = (font, scale) => font.replace(/([\d.]+)px/, (_, size) => `${Number(size) * scale}px`);
