/** The formula of one pixel of a pool: its window, and which number won. */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { neuronName } from "./names.js";
import { Answer } from "./pixelLines.js";
import { leastDigits, printed } from "./rounding.js";
import { PatchOf, WindowCells, limitOf } from "./windowCells.js";

/** @typedef {import("./pixelFormula.js").Props} Props */

/** @param {Props & {name: string}} props */
export function Pooled({ sum, layout, place, names, name }) {
  const [part] = sum.parts;
  const values = part.cells.map((cell) => cell.value);
  const digits = leastDigits(values);
  const winner = sum.kind === "max" ? part.cells.findIndex((cell) => cell.inside && cell.value === sum.z) : -1;
  const few = values.length <= 9;
  const written = values.map((value) => printed(value, digits)).join(sum.kind === "max" ? ", " : " + ");
  const inside = few ? written : "…";
  const formula = sum.kind === "max" ? `max( ${inside} )` : `( ${inside} ) / ${values.length}`;
  return h(
    "div",
    { class: "pixel-formula" },
    h("p", { class: "formula" }, name ? `a = ${name}( ${sum.kind} )` : `a = ${sum.kind}`),
    h(
      "div",
      { class: "pixel-row" },
      h(PatchOf, { part, name: neuronName(layout.columns[part.column], part.unit, names) }),
      h(WindowCells, { part, what: "value", limit: limitOf(part), winner }),
      h("span", { class: "pooled" }, formula),
    ),
    winner >= 0 && h("p", { class: "fine" }, t("network", "The framed number is the largest: it alone goes on.")),
    h(Answer, { sum, digits, name, z: sum.z }),
  );
}
