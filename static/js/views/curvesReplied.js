/** A few curves of a reply over one axis, with a level that is known. */

import { h } from "preact";

const [WIDTH, HEIGHT] = [320, 120];

/** @typedef {{title: string, points: [number, number][]}} Curve `points` are shares of the width and of the height */

/** @param {{curves: Curve[], label: string, first: string, last: string, band?: number}} props `band` is the share of the
 *   height up to which the ground is shaded; `first` and `last` are said under the two ends */
export function Curves({ curves, label, first, last, band = 0 }) {
  return [
    h(
      "svg",
      {
        key: "curves",
        class: "reply-curves",
        viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
        preserveAspectRatio: "none",
        role: "img",
        "aria-label": label,
      },
      h("rect", { x: 0, y: HEIGHT * (1 - band), width: WIDTH, height: HEIGHT * band }),
      curves.map(({ title, points }, at) =>
        h("polyline", {
          key: title,
          class: `curve-${at}`,
          points: points.map(([x, y]) => `${(x * WIDTH).toFixed(1)},${((1 - y) * HEIGHT).toFixed(1)}`).join(" "),
        }),
      ),
    ),
    h("p", { key: "ends", class: "reply-ends quiet" }, h("span", null, first), h("span", null, last)),
    h(
      "p",
      { key: "names", class: "reply-names quiet" },
      curves.map(({ title }, at) => h("span", { key: title, class: `curve-${at}` }, title)),
    ),
  ];
}
