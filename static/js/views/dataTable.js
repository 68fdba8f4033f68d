/** Rows of a table, as they stand in the data: the target first, the split last. */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { TableHead } from "../ui/tableHead.js";

export const MOST = 60; // rows

/** @param {{titles: any[], rows: any[][], splits: number[]}} props what stands in the heads of all columns but the last;
 *   the cells of each row; and to which split each row belongs */
export function DataTable({ titles, rows, splits }) {
  const names = [t("views", "train"), t("views", "validation"), t("views", "test")];
  return h(
    "div",
    { class: "data-table", tabIndex: 0, role: "region", "aria-label": t("views", "Rows of the table") },
    h(
      "table",
      null,
      h(TableHead, { titles: [...titles, t("views", "split")] }),
      h(
        "tbody",
        null,
        rows.map((cells, at) => h("tr", { key: at }, cells, h("td", null, names[splits[at]]))),
      ),
    ),
  );
}
