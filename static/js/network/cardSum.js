/** The sum on a neuron card: its terms as bars, what they add up to, and what the activation makes of that. */

import { h } from "preact";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { ActivationCurve } from "./activationCurve.js";
import { neuronName, titleOf } from "./names.js";
import { chosenTerms, digitsOf, leastDigits, printed, subscript } from "./rounding.js";
import { StepTable } from "./stepTable.js";
import { Term } from "./term.js";

/** @param {{sum: import("./sum.js").Sum, layout: import("./layout.js").Layout, place: import("./wires.js").Neuron,
 *   names: string[], onSetWeight?: (weight: import("./diagram.js").WeightSet) => void}} props */
export function Sum({ sum, layout, place, names, onSetWeight }) {
  const column = layout.columns[place.column];
  const before = layout.columns[column.feeds[0]];
  const activations = column.car.layers.slice(1);
  const name = activations
    .map((layer) => layer.title)
    .reverse() // the last one is applied last, so it stands outside
    .join(" ∘ ");
  const path = column.car.path;
  if (sum.parts) return h(Added, { sum, parts: sum.parts, layout, place, names, name });
  if (sum.steps) return h(Stepped, { sum, steps: sum.steps, name, title: activations[0]?.title });
  if (!sum.terms) {
    return [
      h("p", { class: "formula" }, "a = ", sum.from && !name ? placeOf(sum.from, before, names) : titleOf(column.car)),
      h("p", { class: "sum-line" }, h("span", null, "a"), h("b", null, formatNumber(sum.a, 4))),
    ];
  }
  const { listed, rest } = chosenTerms(sum.terms.map((term) => term.product));
  const shown = listed.map((at) => /** @type {import("./sum.js").Term[]} */ (sum.terms)[at]);
  const addends = [
    ...shown.map((term) => term.product),
    ...(rest ? [rest.sum] : []),
    ...(sum.bias === null ? [] : [sum.bias]),
  ];
  const { digits, exact } = digitsOf(addends, sum.z);
  const largest = Math.max(1e-12, ...addends.map(Math.abs));
  const sign = exact ? "=" : "≈";
  return [
    h(
      "p",
      { class: "formula" },
      "a = ",
      name || "",
      name ? "( " : "",
      "Σ wᵢ·xᵢ",
      sum.bias === null ? "" : " + b",
      name ? " )" : "",
    ),
    h(
      "table",
      // Not by a caption: out of sight it would count as the row from which the columns have their widths.
      { class: "terms", "aria-label": t("network", "Each input times its weight") },
      h(
        "tbody",
        null,
        shown.map((term) =>
          h(Term, {
            key: term.source,
            name: before.units === sum.inputs ? neuronName(before, term.source, names) : `x${term.source + 1}`,
            weight: term.weight,
            input: term.input,
            product: term.product,
            digits,
            largest,
            onSet:
              onSetWeight &&
              ((/** @type {number} */ value) =>
                onSetWeight({ path: `${path}/weight`, index: [place.unit, term.source], value })),
          }),
        ),
        rest &&
          h(Term, {
            name: t("network", "the other {count} together", { count: String(rest.count) }),
            product: rest.sum,
            digits,
            largest,
          }),
        sum.bias !== null &&
          h(Term, {
            name: t("network", "bias b"),
            weight: sum.bias,
            product: sum.bias,
            digits,
            largest,
            onSet:
              onSetWeight &&
              ((/** @type {number} */ value) => onSetWeight({ path: `${path}/bias`, index: [place.unit], value })),
          }),
      ),
    ),
    h(Ending, { sum, digits, sign, name, title: activations[0]?.title }),
  ];
}

/** A number that arrives, by its channel and its place there.
 * @param {number[]} from @param {import("./layout.js").Column} before @param {string[]} names */
function placeOf([unit, ...place], before, names) {
  return `${neuronName(before, unit, names)}[${place.map((at) => at + 1).join(", ")}]`;
}

/** The steps to an answer, and what an activation makes of the last.
 * @param {{sum: import("./sum.js").Sum, steps: import("./steps.js").StepRow[], name: string, title?: string}} props */
function Stepped({ sum, steps, name, title = "" }) {
  return [
    h(StepTable, { rows: steps }),
    name && sum.curve && h(ActivationCurve, { curve: sum.curve, z: sum.z, title }),
    name && h(Answered, { sum, digits: leastDigits([sum.z, sum.a]), sign: "=", name }),
  ];
}

/** The sum of a block that adds: what its tracks make of its input, and that input where it goes around them.
 * @param {{sum: import("./sum.js").Sum, parts: {column: number, value: number}[], layout: import("./layout.js").Layout,
 *   place: import("./wires.js").Neuron, names: string[], name: string}} props */
function Added({ sum, parts, layout, place, names, name }) {
  const values = parts.map((part) => part.value);
  const { digits, exact } = digitsOf(values, sum.z);
  const largest = Math.max(1e-12, ...values.map(Math.abs));
  const { around } = layout.columns[place.column].car;
  const letters = around ? ["f(x)", "x"] : parts.map((_, at) => `f${subscript(at + 1)}(x)`);
  const formula = letters.join(" + ");
  const rows = parts.map(({ column, value }, at) =>
    h(Term, {
      key: column,
      name: `${letters[at]} = ${neuronName(layout.columns[column], place.unit, names)}`,
      product: value,
      digits,
      largest,
    }),
  );
  return [
    h("p", { class: "formula" }, name ? `a = ${name}( ${formula} )` : `a = ${formula}`),
    h("table", { class: "terms" }, h("tbody", null, rows)),
    h(Ending, { sum, digits, sign: exact ? "=" : "≈", name, title: name }),
  ];
}

/** The sum, the activation's curve and the answer.
 * @param {{sum: import("./sum.js").Sum, digits: number, sign: string, name: string, title?: string}} props */
function Ending({ sum, digits, sign, name, title = "" }) {
  return [
    h(
      "p",
      { class: "sum-line total" },
      h("span", null, `${t("network", "sum")} z ${sign}`),
      h("b", null, printed(sum.z, digits)),
    ),
    sum.curve && h(ActivationCurve, { curve: sum.curve, z: sum.z, title }),
    h(Answered, { sum, digits, sign, name }),
  ];
}

/** @param {{sum: import("./sum.js").Sum, digits: number, sign: string, name: string}} props */
function Answered({ sum, digits, sign, name }) {
  const z = printed(sum.z, digits);
  const call = sum.curve ? `a = ${name}(${z}) ≈` : `a = ${name}(z, …) ≈`; // without a curve it looks at other sums too
  return h(
    "p",
    { class: "sum-line answer" },
    h("span", null, name ? call : `${t("network", "answer")} a ${sign}`),
    h("b", null, printed(sum.a, digits)),
  );
}
