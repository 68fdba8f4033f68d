/** How right answers are by how far back that lies which they need, of the newest run and of those that this tab has shown
 * before. */

import { h } from "preact";
import { partOf } from "../api/parts.js";
import { formatNumber, formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { useNewestFrame } from "./newestFrames.js";

const [WIDTH, HEIGHT] = [320, 110];
const MOST = 4; // curves

/** @typedef {{label: string, lags: number[], explained: number[]}} Curve */
const PLACE = "memory-curves";

/** @param {{source: import("./newestFrames.js").OneSource}} props */
export function Memory({ source }) {
  const frame = useNewestFrame(source);
  if (!frame) return null;
  const now = curveOf(frame);
  const curves = comparable(JSON.parse(sessionStorage.getItem(PLACE) ?? "[]"), now);
  sessionStorage.setItem(PLACE, JSON.stringify(curves));
  const [first, last] = [now.lags[0], now.lags.at(-1) ?? 0];
  const x = (/** @type {number} */ lag) => ((lag - first) / (last - first || 1)) * WIDTH;
  const y = (/** @type {number} */ share) => HEIGHT * (1 - Math.min(Math.max(share, 0), 1));
  return h(
    "figure",
    { class: "memory" },
    h("figcaption", null, t("views", "Explained variance, from 0 to 100 %, by how far back lies what an answer needs")),
    h(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": spoken(now) },
      curves.map(({ label, lags, explained }) =>
        h("polyline", {
          key: label,
          class: label === now.label ? "now" : "",
          points: explained.map((share, at) => `${x(lags[at]).toFixed(1)},${y(share).toFixed(1)}`).join(" "),
        }),
      ),
    ),
    h(
      "p",
      { class: "ends" },
      h("span", null, t("views", "{count} time steps ago", { count: formatNumber(first, 2) })),
      h("span", null, formatNumber(last, 2)),
    ),
    h(
      "ul",
      null,
      curves.map(({ label, explained }) =>
        h(
          "li",
          { key: label, class: label === now.label ? "now" : "" },
          t("views", "{layers}: {share} of the variance at the longest lag", { layers: label, share: formatPercent(explained.at(-1) ?? 0, 0) }), // prettier-ignore
        ),
      ),
    ),
  );
}

/** @param {import("../live/frameFormat.js").Frame} frame @returns {Curve} */
export function curveOf({ arrays, about }) {
  const readers = /** @type {string[]} */ (about.readers);
  return {
    label: readers.map((kind) => partOf("layers", kind)?.title ?? kind).join(" + ") || "–",
    lags: Array.from(arrays.lags.data),
    explained: Array.from(arrays.explained.data),
  };
}

/** The curve of now behind those of other networks over the same lags. @param {Curve[]} before @param {Curve} now */
function comparable(before, now) {
  const other = (/** @type {Curve} */ curve) => curve.label !== now.label && `${curve.lags}` === `${now.lags}`;
  return [...before.filter(other), now].slice(-MOST);
}

/** @param {Curve} curve */
function spoken({ label, explained }) {
  const [near, far] = [explained[0], explained.at(-1) ?? 0].map((share) => formatPercent(share, 0));
  return t("views", "{layers} explains {near} of the variance at the shortest lag and {far} at the longest", { layers: label, near, far }); // prettier-ignore
}
