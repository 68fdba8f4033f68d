/** The lines that end the formula of a pixel: its sum, its answer, and why they may differ a little. */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { printed } from "./rounding.js";

/** @typedef {import("./pixelSum.js").PixelSum} PixelSum */

/** The sum; `sure` where it follows from what was printed.
 * @param {{z: number, digits: number, sure: boolean}} props */
export function Total({ z, digits, sure }) {
  return h(
    "p",
    { class: "sum-line total" },
    h("span", null, `${t("network", "sum")} z ${sure ? "=" : "≈"}`),
    h("b", null, printed(z, digits)),
  );
}

/** What leaves, and whether that follows from what was printed.
 * @param {{sum: PixelSum, digits: number, name: string, z: number | null}} props */
export function Answer({ sum, digits, name, z }) {
  const a = printed(sum.a, digits);
  const same = !name && z !== null && printed(z, digits) === a;
  const call =
    name && z !== null ? `a = ${name}(${printed(z, digits)}) ≈` : `${t("network", "answer")} a ${same ? "=" : "≈"}`;
  return h("p", { class: "sum-line answer" }, h("span", null, call), h("b", null, a));
}

export function Grain() {
  return h("p", { class: "fine" }, t("network", "Maps are sent in 256 steps, so the sum is nearly right."));
}
