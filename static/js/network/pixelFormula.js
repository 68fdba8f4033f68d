/** The formula of one pixel with its real numbers: patch × kernel for each channel, the bias, the activation. */

import { h } from "preact";
import { useState } from "preact/hooks";
import { t } from "../i18n/t.js";
import { neuronName, titleOf } from "./names.js";
import { chosenTerms, digitsOf, leastDigits, printed, subscript } from "./rounding.js";
import { Answer, Pooled } from "./pooled.js";
import { StepTable } from "./stepTable.js";
import { PatchOf, WindowCells, limitOf } from "./windowCells.js";

/** @typedef {import("./pixelSum.js").PixelSum} PixelSum */
/** @typedef {{sum: PixelSum, layout: import("./layout.js").Layout, place: import("./wires.js").Neuron, names: string[],
 *   pixel: {row: number, column: number}}} Props */

const FEW = 4; // channels whose windows are drawn; the others on request

/** @param {Props} props */
export function PixelFormula(props) {
  const { sum, layout, place } = props;
  const activations = layout.columns[place.column].car.layers.slice(1).map((layer) => layer.title);
  const name = activations.reverse().join(" ∘ "); // the last one is applied last, so it stands outside
  if (sum.kind === "weighted") return h(Weighted, { ...props, name });
  if (sum.kind === "max" || sum.kind === "mean") return h(Pooled, { ...props, name });
  if (sum.kind === "stepped") return h(Stepped, { ...props, name });
  if (sum.kind === "added") return h(Added, { ...props, name });
  return h(Told, { ...props, name });
}

/** @param {Props & {name: string}} props */
function Weighted({ sum, layout, place, names, name }) {
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
  const z = sum.z ?? addends.reduce((found, one) => found + one, 0);
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
      : h(
          "p",
          { class: "sum-line total" },
          h("span", null, `${t("network", "sum")} z ${sure ? "=" : "≈"}`),
          h("b", null, printed(z, digits)),
        ),
    h(Answer, { sum, digits, name, z: sum.missing > 0 ? null : z }),
    sum.missing === 0 && (!sure || (!name && printed(z, digits) !== printed(sum.a, digits))) && h(Grain, null),
  );
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
    h(
      "p",
      { class: "sum-line total" },
      h("span", null, `${t("network", "sum")} z ${sure ? "=" : "≈"}`),
      h("b", null, printed(z, digits)),
    ),
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
            : t("network", "arrives in this place"),
        ),
        h("b", { class: "part" }, printed(part.sum, digits)),
      ),
    ),
    h(Answer, { sum, digits, name: joins ? name : titleOf(car), z: null }),
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

function Grain() {
  return h("p", { class: "fine" }, t("network", "Maps are sent in 256 steps, so the sum is nearly right."));
}
