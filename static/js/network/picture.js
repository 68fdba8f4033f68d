/** What moves in the diagram: wires, biases and the pictures of neurons, painted when a frame comes and never else. */

import { css, diverging, onTheme, palette } from "../canvas/colour.js";
import { forget, redraw } from "../canvas/frameLoop.js";
import { sharp } from "../canvas/heatmap.js";
import { kindOf, paintPicture, paintStack, paintTile } from "./tiles.js";
import { weightsOf } from "./weights.js";
import { bundlesOf, drawWires } from "./wires.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./layout.js").Column} Column */
/** @typedef {import("./tiles.js").Frames} Frames */
/** @typedef {import("./wires.js").Neuron} Neuron */
/** @typedef {{layout: Layout, frames: Frames, lit: Neuron | null, sample: number, picture: number[] | null}} Scene */

export const BIAS_SIDE = 9; // pixels

/**
 * @param {HTMLCanvasElement} wires the canvas under everything @param {HTMLElement} root holds the canvases of the
 * neurons, each with `data-column` and `data-unit`
 */
export function mountPicture(wires, root) {
  /** @type {Scene | null} */
  let scene = null;
  /** @type {ReturnType<typeof bundlesOf>} */
  let bundles = [];

  const drawLines = () => {
    if (!scene) return;
    const { layout, frames, lit } = scene;
    const context = sharp(wires, layout.width, layout.height);
    drawRibbons(context, layout);
    drawWires(context, bundles, layout, frames.weights, palette(), lit);
    drawShortcuts(context, layout);
    drawBiases(context, layout, frames, lit);
  };
  const drawTiles = () => {
    if (!scene) return;
    for (const canvas of root.querySelectorAll("canvas[data-column]")) {
      if (canvas instanceof HTMLCanvasElement) paint(canvas, scene);
    }
  };
  const drawAll = () => {
    redraw(drawLines);
    redraw(drawTiles);
  };
  const stopTheme = onTheme(drawAll);

  return {
    /** Shows another scene; only what differs from the last one is drawn. @param {Scene} next */
    show(next) {
      const last = scene;
      scene = next;
      if (last?.layout !== next.layout) bundles = bundlesOf(next.layout);
      const { frames } = next;
      if (last?.layout !== next.layout) return drawAll();
      if (last.frames.weights !== frames.weights || last.lit !== next.lit) redraw(drawLines);
      const seen = last.frames.surface !== frames.surface || last.frames.activations !== frames.activations;
      const moved = last.sample !== next.sample || (next.picture && last.frames.weights !== frames.weights);
      if (seen || moved) redraw(drawTiles);
    },
    bundles: () => bundles,
    end() {
      forget(drawLines);
      forget(drawTiles);
      stopTheme();
    },
  };
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
function paint(canvas, { layout, frames, sample, picture }) {
  const column = layout.columns[Number(canvas.dataset.column)];
  if (!column) return;
  if (column.style === "stack") return paintStack(canvas, frames, column);
  if (column.style === "picture") return paintPicture(canvas, frames, sample, picture ?? [8, 8]);
  if (column.style === "strip") return paintPicture(canvas, frames, sample, [column.units, 1]);
  const own = template(layout, column) ? picture : null;
  const kind = own ? "weights" : kindOf(frames, column.car.path);
  if (canvas.dataset.kind !== kind) canvas.dataset.kind = kind;
  paintTile(canvas, frames, column, Number(canvas.dataset.unit), own);
}

/** Whether a column's neurons look straight at the pixels of a picture.
 * @param {Layout} layout @param {Column} column */
export function template(layout, column) {
  const at = layout.columns.indexOf(column);
  const strip = layout.columns[at - 1];
  return column.car.layers[0]?.kind === "linear" && strip?.style === "strip" && at === 2;
}

/** The middle of a neuron's bias square.
 * @param {Column} column @param {number} row @returns {[number, number]} */
export function biasSpot(column, row) {
  return [column.x - column.size / 2 - 2, column.tops[row] + column.size - 4];
}

/** @param {CanvasRenderingContext2D} context @param {Layout} layout @param {Frames} frames @param {Neuron | null} lit */
function drawBiases(context, layout, frames, lit) {
  layout.columns.forEach((column, index) => {
    const weights = column.style === "tiles" ? weightsOf(frames.weights, column.car.path) : null;
    if (!weights?.biases) return;
    column.shown.forEach((unit, row) => {
      const bias = weights.biases?.[weights.rows.get(unit) ?? 0] ?? 0;
      const [x, y] = biasSpot(column, row);
      context.globalAlpha = lit && lit.source === undefined && (lit.column !== index || lit.unit !== unit) ? 0.25 : 1;
      context.fillStyle = diverging(Math.sign(bias) * Math.max(0.12, Math.abs(bias) / (Math.abs(bias) + 0.4)));
      context.strokeStyle = css(palette().faint);
      context.lineWidth = 1;
      context.beginPath();
      context.roundRect(x - BIAS_SIDE / 2, y - BIAS_SIDE / 2, BIAS_SIDE, BIAS_SIDE, 2);
      context.fill();
      context.stroke();
    });
  });
  context.globalAlpha = 1;
}

/** Where single wires cannot be drawn (folded cars, pictures): a broad band says that everything flows on.
 * @param {CanvasRenderingContext2D} context @param {Layout} layout */
function drawRibbons(context, layout) {
  context.fillStyle = css(palette().line, 0.45);
  for (const link of layout.links) {
    if (link.kind !== "bundle") continue;
    const [from, to] = [layout.columns[link.from], layout.columns[link.to]];
    if (from.height === 0 || to.height === 0) continue;
    const [x1, x2] = [from.x + from.width / 2 + 3, to.x - to.width / 2 - 3];
    const middle = (x1 + x2) / 2;
    context.beginPath();
    context.moveTo(x1, from.top);
    context.bezierCurveTo(middle, from.top, middle, to.top, x2, to.top);
    context.lineTo(x2, to.top + to.height);
    context.bezierCurveTo(middle, to.top + to.height, middle, from.top + from.height, x1, from.top + from.height);
    context.fill();
  }
}

/** The shortcut of each unfolded residual: over its inner cars to where it is added.
 * @param {CanvasRenderingContext2D} context @param {Layout} layout */
function drawShortcuts(context, layout) {
  for (const frame of layout.frames) {
    if (!frame.residual) continue;
    const [before, sum] = [layout.columns[frame.from - 1], layout.columns[frame.to]];
    const top = layout.top - 13;
    const [x1, x2] = [before.x + before.width / 2 - 6, sum.x];
    context.strokeStyle = css(palette().soft);
    context.fillStyle = css(palette().soft);
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(x1, before.top - 4);
    context.bezierCurveTo(x1 + 8, top, x1 + 12, top, x1 + 30, top);
    context.lineTo(x2 - 16, top);
    context.quadraticCurveTo(x2, top, x2, Math.max(top + 8, sum.top - 9));
    context.stroke();
    const tip = Math.max(top + 14, sum.top - 3);
    context.beginPath();
    context.moveTo(x2, tip);
    context.lineTo(x2 - 5, tip - 8);
    context.lineTo(x2 + 5, tip - 8);
    context.fill();
  }
}
