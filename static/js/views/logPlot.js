/** A small plot with a logarithmic axis on each side. */

import { h } from "preact";

/** @typedef {{key: string, colour: string, dashed?: boolean, points: [number, number][]}} Line */

const [WIDTH, HEIGHT] = [260, 150];
const EDGE = { left: 58, right: 8, top: 8, bottom: 18 };

/** @param {{title: string, lines: Line[], ticks: number[], format: (y: number) => string}} props `ticks` of x */
export function LogPlot({ title, lines, ticks, format }) {
  const points = lines.flatMap((line) => line.points);
  const [left, right] = [Math.min(...ticks), Math.max(...ticks)];
  const powers = powersAround(points.map(([, y]) => y));
  const [low, high] = [powers[0], powers[powers.length - 1]];
  const x = (/** @type {number} */ value) => EDGE.left + share(value, left, right) * (WIDTH - EDGE.left - EDGE.right);
  const y = (/** @type {number} */ value) =>
    HEIGHT - EDGE.bottom - share(value, low, high) * (HEIGHT - EDGE.top - EDGE.bottom);
  return h(
    "figure",
    { class: "log-plot" },
    h("figcaption", null, title),
    h(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": title },
      powers.map((power) =>
        h("g", { key: power }, [
          h("line", { key: "line", x1: EDGE.left, x2: WIDTH - EDGE.right, y1: y(power), y2: y(power) }),
          h("text", { key: "text", class: "end", x: EDGE.left - 4, y: y(power) + 3 }, format(power)),
        ]),
      ),
      ticks.map((tick) => h("text", { key: tick, x: x(tick), y: HEIGHT - 4 }, tick)),
      lines.map(({ key, colour, dashed, points: own }) =>
        h("polyline", {
          key,
          style: { stroke: colour },
          class: dashed ? "dashed" : undefined,
          points: own.map(([at, value]) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(" "),
        }),
      ),
    ),
  );
}

/** Where a value lies between two others on a logarithmic axis, from 0 to 1.
 * @param {number} value @param {number} low @param {number} high */
export const share = (value, low, high) => (low === high ? 0.5 : Math.log(value / low) / Math.log(high / low));

/** The powers of 10 from the one below all values to the one above. @param {number[]} values */
export function powersAround(values) {
  const [low, high] = [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))];
  return Array.from({ length: Math.max(high, low + 1) - low + 1 }, (_, at) => 10 ** (low + at));
}
