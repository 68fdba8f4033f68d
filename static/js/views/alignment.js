/** Where in the source was looked for each token that is written: a row for each, as far as it is written. */

import { h } from "preact";
import { formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { TableHead } from "../ui/tableHead.js";

/** @param {{source: string[], written: string[], shares: number[][]}} props `shares` of the tokens of the source, for each
 *   token written; none where nothing looks */
export function Alignment({ source, written, shares }) {
  if (shares.length === 0 || shares[0].length === 0) return null;
  return h(
    "div",
    { class: "alignment", tabIndex: 0, role: "region", "aria-label": t("views", "Alignment") },
    h(
      "table",
      null,
      h(TableHead, { titles: ["", ...source] }),
      h(
        "tbody",
        null,
        written.map((token, row) =>
          h(
            "tr",
            { key: row },
            h("th", { scope: "row" }, token),
            source.map((name, at) => {
              const share = shares[row]?.[at] ?? 0;
              return h("td", {
                key: at,
                style: { background: `color-mix(in srgb, var(--pos) ${Math.round(share * 100)}%, transparent)` },
                title: `${token} ← ${name} ${formatPercent(share)}`,
                "aria-label": formatPercent(share),
              });
            }),
          ),
        ),
      ),
    ),
  );
}
