/** How the discriminator's scores are spread, of real and of drawn samples: two hills over one scale. */

import { h } from "preact";
import { formatNumber, formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { useNewestFrame } from "./newestFrames.js";

const [WIDTH, HEIGHT] = [320, 110];

/** Which share of samples lies on the right side of the score that says nothing. @param {ArrayLike<number>} shares
 * @param {ArrayLike<number>} edges @param {number} even @param {boolean} above */
function rightShare(shares, edges, even, above) {
  let sum = 0;
  for (let bin = 0; bin < shares.length; bin++) {
    const [low, high] = [edges[bin], edges[bin + 1]];
    const part = Math.min(1, Math.max(0, (high - even) / (high - low || 1))); // of the bin that lies above
    sum += shares[bin] * (above ? part : 1 - part);
  }
  return sum;
}

/** @param {{source: import("./newestFrames.js").OneSource}} props */
export function Scores({ source }) {
  const frame = useNewestFrame(source);
  if (!frame) return h("p", { class: "quiet" }, t("views", "Nothing has been learned yet."));
  const { real, drawn, edges } = frame.arrays;
  const even = /** @type {number | null} */ (frame.about.even);
  const [low, high] = [edges.data[0], edges.data[edges.data.length - 1]];
  const most = Math.max(...real.data, ...drawn.data) || 1;
  const x = (/** @type {number} */ score) => ((score - low) / (high - low || 1)) * WIDTH;
  const right = (/** @type {any} */ shares, /** @type {boolean} */ above) =>
    formatPercent(rightShare(shares.data, edges.data, even ?? 0, above), 0);
  return h(
    "figure",
    { class: "scores" },
    h(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": t("views", "How D scores real and drawn samples") }, // prettier-ignore
      h("path", { class: "real", d: hill(real.data, edges.data, x, most) }),
      h("path", { class: "drawn", d: hill(drawn.data, edges.data, x, most) }),
      even !== null && even > low && even < high && h("line", { x1: x(even), x2: x(even), y1: 0, y2: HEIGHT }),
    ),
    h("p", { class: "ends" }, h("span", null, formatNumber(low, 3)), h("span", null, formatNumber(high, 3))),
    h(
      "figcaption",
      { class: "quiet" },
      h("i", { class: "sign class-1", "aria-hidden": "true" }, "■"),
      ` ${t("views", "real")}  `,
      h("i", { class: "sign class-0", "aria-hidden": "true" }, "●"),
      ` ${t("views", "drawn")}. `,
      even === null
        ? t("views", "A critic's scores are no probabilities; only how far the hills lie apart counts.")
        : t(
            "views",
            "At the line D knows nothing. It is right on {real} of the real and {drawn} of the drawn samples.",
            {
              real: right(real, true),
              drawn: right(drawn, false),
            },
          ),
    ),
  );
}

/** @param {ArrayLike<number>} shares @param {ArrayLike<number>} edges @param {(score: number) => number} x
 * @param {number} most */
function hill(shares, edges, x, most) {
  const y = (/** @type {number} */ share) => HEIGHT * (1 - (0.95 * share) / most);
  let path = `M${x(edges[0]).toFixed(1)} ${HEIGHT}`;
  for (let bin = 0; bin < shares.length; bin++) path += `V${y(shares[bin]).toFixed(1)}H${x(edges[bin + 1]).toFixed(1)}`;
  return `${path}V${HEIGHT}Z`;
}
