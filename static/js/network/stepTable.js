/** The steps to a number as a table: what each is called, how it comes about, and its number. */

import { h } from "preact";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";

/** @param {{rows: import("./steps.js").StepRow[]}} props */
export function StepTable({ rows }) {
  return h(
    "table",
    { class: "step-table", "aria-label": t("network", "Step by step") },
    h(
      "tbody",
      null,
      rows.map(({ name, formula, value }, at) =>
        h(
          "tr",
          { key: name, class: at === rows.length - 1 ? "leaving" : "" },
          h("th", { scope: "row" }, name),
          h("td", { class: "made" }, formula && `= ${formula}`),
          h("td", { class: "number" }, value === null ? "" : formatNumber(value, 3)),
        ),
      ),
    ),
  );
}
