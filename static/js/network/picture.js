/** What moves in the diagram: wires, biases and the pictures of neurons, painted when a frame comes and never else. */

import { sizesOf } from "../api/shapes.js";
import { css, diverging, onTheme, palette } from "../canvas/colour.js";
import { forget, redraw } from "../canvas/frameLoop.js";
import { sharp } from "../canvas/heatmap.js";
import { VIEWS } from "../views/index.js";
import { weighs } from "./cars.js";
import { drawRibbons, drawShortcuts, drawSources } from "./ribbons.js";
import { kindOf, paintInput, paintPlane, paintStack, paintStrip, paintTile } from "./tiles.js";
import { weightsOf } from "./weights.js";
import { bundlesOf, drawWires } from "./wires.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./layout.js").Column} Column */
/** @typedef {import("./tiles.js").Frames} Frames */
/** @typedef {import("./wires.js").Neuron} Neuron */
/** What is shown; `picture` has height and width of a picture of one channel; `about` is the column whose wires are
 * spoken of, −1 for none.
 * @typedef {{layout: Layout, frames: Frames, lit: Neuron | null, about: number, sample: number, picture: number[] | null}} Scene */

const BIAS_SIDE = 9; // pixels
const SEEN = VIEWS.filter(({ place, counted }) => place === "network" && counted).map(
  (view) => /** @type {string} */ (view.as),
);

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
    const { layout, frames, lit, about } = scene;
    const context = sharp(wires, layout.width, layout.height);
    drawRibbons(context, layout);
    drawWires(context, bundles, layout, frames.weights, palette(), lit, about);
    drawShortcuts(context, layout);
    if (lit) drawSources(context, layout, frames.maps, lit);
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
      const sources = next.lit && last.frames.maps !== frames.maps;
      const speaks = last.lit !== next.lit || last.about !== next.about;
      if (last.frames.weights !== frames.weights || speaks || sources) redraw(drawLines);
      const seen = SEEN.some((as) => last.frames[as] !== frames[as]);
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
  if (column.style === "stack") return paintStack(canvas, frames, column, sample);
  if (column.style === "planes") return paintPlane(canvas, frames, column, Number(canvas.dataset.unit), sample);
  if (column.style === "picture")
    return paintInput(canvas, frames, sample, column.car.shape ? sizesOf(column.car.shape) : [1, 8, 8]);
  if (column.style === "strip") return paintStrip(canvas, frames, column, layout.columns[column.feeds[0]], sample);
  const own = template(layout, column) ? picture : null;
  const kind = own ? "weights" : kindOf(frames, column.car.path);
  if (canvas.dataset.kind !== kind) canvas.dataset.kind = kind;
  paintTile(canvas, frames, column, Number(canvas.dataset.unit), own);
}

/** Whether a column's neurons look straight at the pixels of a picture.
 * @param {Layout} layout @param {Column} column */
function template(layout, column) {
  const at = layout.columns.indexOf(column);
  const strip = layout.columns[at - 1];
  return weighs(column.car) && strip?.style === "strip" && at === 2;
}

/** The middle of a neuron's bias square.
 * @param {Column} column @param {number} row @returns {[number, number]} */
export function biasSpot(column, row) {
  return [column.lefts[row] - 2, column.tops[row] + column.size - 4];
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
