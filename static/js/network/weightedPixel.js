/** The formula of one pixel that is a weighted sum: patch × kernel for each channel, the bias, the activation. */

import { h } from "preact";
import { useState } from "preact/hooks";
import { t } from "../i18n/t.js";
import { neuronName } from "./names.js";
import { Answer, Grain, Total } from "./pixelLines.js";
import { chosenTerms, digitsOf, leastDigits, printed } from "./rounding.js";
import { PatchOf, WindowCells, limitOf } from "./windowCells.js";

/** @typedef {import("./pixelFormula.js").Props} Props */

const FEW = 4; // channels whose windows are drawn; the others on request

/** @param {Props & {name: string}} props */
export function WeightedPixel({ sum, layout, place, names, name }) {
  const [all, setAll] = useState(false);
  const [lit, setLit] = useState({ unit: -1, at: -1 });
  const { listed, rest } = chosenTerms(
    sum.parts.map((part) => part.sum),
    all ? sum.parts.length : FEW,
  );
  const shown = listed.map((at) => sum.parts[at]);
  const addends = [
    ...shown.map((part) => part.sum),
    ...(rest ? [rest.sum] : []),
    ...(sum.bias === null ? [] : [sum.bias]),
  ];
  const z = sum.z ?? addends.reduce((found, addend) => found + addend, 0);
  const { digits, exact } = digitsOf(addends, z);
  const sure = exact && sum.error < 0.5 * 10 ** -digits;
  const limit = Math.max(1e-12, ...sum.parts.flatMap((part) => part.cells.map((cell) => Math.abs(cell.weight))));
  const pointing = (/** @type {number} */ unit) => ({
    lit: lit.unit === unit ? lit.at : -1,
    onPoint: (/** @type {number} */ at) => setLit({ unit, at }),
  });
  const formula = `Σ x ∗ K${sum.bias === null ? "" : " + b"}`;
  return h(
    "div",
    { class: "pixel-formula" },
    h(
      "p",
      { class: "formula" },
      name ? `a = ${name}( ${formula} )` : `a = ${formula}`,
      h(Product, { cell: shown.find((part) => part.unit === lit.unit)?.cells[lit.at] }),
    ),
    shown.map((part, at) =>
      h(
        "div",
        { class: "pixel-row", key: part.unit },
        h(PatchOf, { part, name: neuronName(layout.columns[part.column], part.unit, names) }),
        h(WindowCells, { part, what: "value", limit: limitOf(part), ...pointing(part.unit) }),
        h("span", { class: "sign" }, "×"),
        h(WindowCells, { part, what: "weight", limit, ...pointing(part.unit) }),
        h("span", { class: "sign" }, "="),
        h("b", { class: "part" }, printed(addends[at], digits)),
      ),
    ),
    rest &&
      h(
        "p",
        { class: "sum-line" },
        h(
          "button",
          { type: "button", class: "link", onClick: () => setAll(true) },
          t("network", "the other {count} channels together", { count: String(rest.count) }),
        ),
        h("b", null, printed(rest.sum, digits)),
      ),
    sum.bias !== null &&
      h("p", { class: "sum-line" }, h("span", null, t("network", "bias b")), h("b", null, printed(sum.bias, digits))),
    sum.missing > 0
      ? h(
          "p",
          { class: "fine" },
          t("network", "{count} more channels arrive that are not shown; they are part of the sum too.", {
            count: sum.missing,
          }),
        )
      : h(Total, { z, digits, sure }),
    h(Answer, { sum, digits, name, z: sum.missing > 0 ? null : z }),
    sum.missing === 0 && (!sure || (!name && printed(z, digits) !== printed(sum.a, digits))) && h(Grain, null),
  );
}

/** What the cell under the pointer adds.
 * @param {{cell: import("./pixelSum.js").Seen | undefined}} props */
function Product({ cell }) {
  if (!cell) return null;
  const { value, weight } = cell;
  const digits = leastDigits([value * weight]);
  return h(
    "span",
    { class: "product" },
    `${printed(value, 2)} × ${printed(weight, 2)} ≈ ${printed(value * weight, digits)}`,
  );
}
