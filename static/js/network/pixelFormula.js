/** The formula of one pixel with its real numbers, by the rule of its car. */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { neuronName, titleOf } from "./names.js";
import { digitsOf, leastDigits, printed, subscript } from "./rounding.js";
import { Answer, Grain, Total } from "./pixelLines.js";
import { Pooled } from "./pooled.js";
import { StepTable } from "./stepTable.js";
import { WeightedPixel } from "./weightedPixel.js";
import { PatchOf } from "./windowCells.js";

/** @typedef {import("./pixelSum.js").PixelSum} PixelSum */
/** @typedef {{sum: PixelSum, layout: import("./layout.js").Layout, place: import("./wires.js").Neuron, names: string[],
 *   pixel: {row: number, column: number}}} Props */

/** @param {Props} props */
export function PixelFormula(props) {
  const { sum, layout, place } = props;
  const activations = layout.columns[place.column].car.layers.slice(1).map((layer) => layer.title);
  const name = activations.reverse().join(" ∘ "); // the last one is applied last, so it stands outside
  if (sum.kind === "weighted") return h(WeightedPixel, { ...props, name });
  if (sum.kind === "max" || sum.kind === "mean") return h(Pooled, { ...props, name });
  if (sum.kind === "stepped") return h(Stepped, { ...props, name });
  if (sum.kind === "added") return h(Added, { ...props, name });
  return h(Told, { ...props, name });
}

/** @param {Props & {name: string}} props */
function Added({ sum, layout, place, names, name }) {
  const { around } = layout.columns[place.column].car;
  const letters = around ? ["f(x)", "x"] : sum.parts.map((_, at) => `f${subscript(at + 1)}(x)`);
  const values = sum.parts.map((part) => part.sum);
  const z = sum.z ?? 0;
  const { digits, exact } = digitsOf(values, z);
  const sure = exact && sum.error < 0.5 * 10 ** -digits;
  const formula = letters.join(" + ");
  return h(
    "div",
    { class: "pixel-formula" },
    h("p", { class: "formula" }, name ? `a = ${name}( ${formula} )` : `a = ${formula}`),
    sum.parts.map((part, at) =>
      h(
        "div",
        { class: "pixel-row", key: letters[at] },
        h(PatchOf, { part, name: neuronName(layout.columns[part.column], part.unit, names) }),
        h("span", { class: "grow" }, `${letters[at]} =`),
        h("b", { class: "part" }, printed(values[at], digits)),
      ),
    ),
    h(Total, { z, digits, sure }),
    h(Answer, { sum, digits, name, z }),
    !sure && h(Grain, null),
  );
}

/** @param {Props & {name: string}} props */
function Stepped({ sum, name }) {
  const rows = sum.steps ?? [];
  return h(
    "div",
    { class: "pixel-formula" },
    h(StepTable, { rows }),
    h(Answer, { sum, digits: leastDigits([sum.a]), name, z: rows.at(-1)?.value ?? null }),
    rows.some((row) => row.value !== null) && h(Grain, null),
  );
}

/** Cars whose rule is not drawn: what comes in at the same place, where there is one, and what leaves.
 * @param {Props & {name: string}} props */
function Told({ sum, layout, place, names, name }) {
  const { car } = layout.columns[place.column];
  const digits = leastDigits([sum.a, ...sum.parts.map((part) => part.sum)]);
  const said = [car.layers[0].title, ...car.layers.slice(1).map((layer) => layer.title)].reverse().join(" ∘ ");
  const joins = car.role === "container";
  return h(
    "div",
    { class: "pixel-formula" },
    !joins && h("p", { class: "formula" }, `a = ${said}`),
    sum.kind === "reduced" &&
      h(
        "p",
        { class: "fine" },
        t(
          "network",
          "This map is shown smaller than it is: each of its pixels is the mean of {side} × {side} numbers.",
          {
            side: sum.factor,
          },
        ),
      ),
    sum.parts.map((part) =>
      h(
        "div",
        { class: "pixel-row", key: part.unit },
        h(PatchOf, { part, name: neuronName(layout.columns[part.column], part.unit, names) }),
        h(
          "span",
          { class: "grow" },
          joins
            ? t("network", "It is {channel}.", { channel: neuronName(layout.columns[part.column], part.unit, names) })
            : arrivalOf(sum),
        ),
        h("b", { class: "part" }, printed(part.sum, digits)),
      ),
    ),
    h(Answer, { sum, digits, name: joins ? name : titleOf(car), z: null }),
  );
}

/** Where the number of a pixel came from, in words.
 * @param {PixelSum} sum */
function arrivalOf({ kind, parts: [part] }) {
  if (kind !== "copied") return t("network", "arrives in this place");
  return part.cells[0].inside ? t("network", "is copied from there") : t("network", "lies outside, so it is 0");
}
