/** The label that is given at each place of a few rows: in its colour where it is right, crossed in red where it is
 * wrong. */

import { h } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { classColour, css, onTheme, palette } from "../canvas/colour.js";
import { sharp } from "../canvas/heatmap.js";
import { t } from "../i18n/t.js";
import { useNewestFrame } from "./newestFrames.js";
import { className } from "./marks.js";
import { tokenName } from "./tokenStrip.js";

/** @typedef {import("./points.js").Preview} Preview */
/** @typedef {{tokens: ArrayLike<number>, truth: ArrayLike<number>, given: ArrayLike<number>, count: number}} Row `count`:
 *   places that do not fill up */
/** @typedef {{row: number, place: number}} Cursor */

const ROW = 12; // pixels
const ROOM = 8; // pixels that a cell has at least where its symbol is written
const FAINT = 0.35;

/** @param {{source: import("./newestFrames.js").OneSource, preview: Preview}} props */
export function TagsGiven({ source, preview }) {
  const frame = useNewestFrame(source);
  if (!frame) return null;
  const blocks = [t("views", "Rows that it learned from"), t("views", "Rows that it did not learn from")];
  return h(
    "figure",
    { class: "tags-given" },
    blocks.map((title, split) => {
      const rows = rowsOf(frame.arrays, split);
      return rows.length > 0 && h(Block, { key: split, rows, preview, title });
    }),
    h(
      "figcaption",
      { class: "tag-legend" },
      preview.classes.map((_, number) =>
        h(
          "span",
          { key: number },
          h("i", { style: { background: classColour(number) } }),
          className(preview.classes, number),
        ),
      ),
      h("span", { key: "wrong", class: "wrong" }, h("i", null), t("views", "wrong")),
    ),
  );
}

/** The rows of a split. @param {Record<string, import("../live/frameFormat.js").FrameArray>} arrays @param {number} split
 * @returns {Row[]} */
export function rowsOf({ tokens, truth, given, split: splits }, split) {
  const [rows, places] = tokens.shape;
  const part = (/** @type {ArrayLike<number>} */ data, /** @type {number} */ at) =>
    Array.from({ length: places }, (_, place) => data[at * places + place]);
  return Array.from({ length: rows }, (_, at) => at)
    .filter((at) => splits.data[at] === split)
    .map((at) => ({
      tokens: part(tokens.data, at),
      truth: part(truth.data, at),
      given: part(given.data, at),
      count: part(tokens.data, at).filter((token) => token !== 0).length,
    }));
}

/** Whether a row is right at every place that counts. @param {Row} row */
export function isRight({ truth, given, count }) {
  return Array.from({ length: count }, (_, place) => place).every((place) => truth[place] === given[place]);
}

/** @param {{rows: Row[], preview: Preview, title: string}} props */
function Block({ rows, preview, title }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const [cursor, setCursor] = useState(/** @type {Cursor | null} */ (null));
  const places = Math.max(...rows.map(({ count }) => count));
  const paint = () => canvas.current && drawRows(canvas.current, rows, places, preview);
  useLayoutEffect(() => void paint(), [rows]);
  useLayoutEffect(() => onTheme(paint), [rows]);
  const move = (/** @type {PointerEvent} */ event) => {
    const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    const row = Math.min(rows.length - 1, Math.max(0, Math.floor((event.clientY - box.top) / ROW)));
    const place = Math.min(places - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * places)));
    setCursor(place < rows[row].count ? { row, place } : null);
  };
  const right = String(rows.filter(isRight).length);
  return h(
    "div",
    { class: "tag-block" },
    h(
      "p",
      null,
      h("b", null, title),
      ` ${t("views", "{right} of {count} right at every place", { right, count: String(rows.length) })}`,
    ),
    h("canvas", {
      ref: canvas,
      role: "img",
      "aria-label": title,
      style: { height: `${rows.length * ROW}px` },
      onPointerMove: move,
      onPointerLeave: () => setCursor(null),
    }),
    h("small", { class: "quiet" }, cursor ? wordsOf(rows[cursor.row], cursor.place, preview) : " "),
  );
}

/** @param {Row} row @param {number} place @param {Preview} preview */
function wordsOf({ tokens, truth, given }, place, { vocabulary, classes }) {
  const values = {
    place: String(place + 1),
    token: tokenName(vocabulary ?? [], tokens[place]),
    truth: className(classes, truth[place]),
    given: className(classes, given[place]),
  };
  return truth[place] === given[place]
    ? t("views", "Place {place}, {token}: {given}, right", values)
    : t("views", "Place {place}, {token}: {given}, but it is {truth}", values);
}

/** @param {HTMLCanvasElement} canvas @param {Row[]} rows @param {number} places @param {Preview} preview */
function drawRows(canvas, rows, places, { vocabulary }) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const context = sharp(canvas, width, height);
  const { bad, ink } = palette();
  const wide = width / places;
  context.font = `9px ${getComputedStyle(canvas).fontFamily}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const [number, { tokens, truth, given, count }] of rows.entries()) {
    for (let place = 0; place < count; place++) {
      const [left, top] = [place * wide, number * ROW];
      const wrong = truth[place] !== given[place];
      context.globalAlpha = wrong ? 1 : FAINT;
      context.fillStyle = wrong ? css(bad) : classColour(given[place]);
      context.fillRect(left, top, wide - (wide > 3 ? 1 : 0), ROW - 1);
      context.globalAlpha = 1;
      if (wide < ROOM) continue;
      context.fillStyle = css(ink);
      context.fillText(tokenName(vocabulary ?? [], tokens[place]), left + wide / 2, top + ROW / 2);
    }
  }
}
