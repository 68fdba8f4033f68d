/** What a network would say after each of its blocks: a row for each, a column for each token that is read. */

import { h } from "preact";
import { formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { TableHead } from "../ui/tableHead.js";
import { tokenName } from "./tokenStrip.js";

/** @typedef {{block: number, said: ({token: string, held: number} | null)[]}} Row */

/** @param {{read: string[], next: boolean, rows: Row[]}} props `next` says that what is said is of the token behind */
export function Lens({ read, next, rows }) {
  const last = rows[rows.length - 1];
  return h(
    "figure",
    { class: "reply" },
    h(
      "div",
      { class: "lens", tabIndex: 0, role: "region", "aria-label": t("views", "Block by block") },
      h(
        "table",
        null,
        h(TableHead, { titles: ["", ...read.map((token) => (token === "_" && !next ? "▢" : tokenName([token], 0)))] }),
        h(
          "tbody",
          null,
          rows.map(({ block, said }) =>
            h(
              "tr",
              { key: block },
              h("th", { scope: "row" }, block ? t("views", "Block {number}", { number: String(block) }) : t("views", "goes in")), // prettier-ignore
              said.map((guess, at) => h(Said, { key: at, guess, same: guess?.token === last.said[at]?.token })),
            ),
          ),
        ),
      ),
    ),
    h(
      "figcaption",
      { class: "quiet" },
      next
        ? t("views", "Under each token: which one would be said to come next. Bold is what the last block says, too.")
        : t(
            "views",
            "Under each blank: which word would be said to stand there. Bold is what the last block says, too.",
          ),
    ),
  );
}

/** @param {{guess: {token: string, held: number} | null, same: boolean}} props */
function Said({ guess, same }) {
  if (!guess) return h("td", null);
  const strength = Math.round(guess.held * 60);
  return h(
    "td",
    {
      class: same ? "same" : "",
      style: { background: `color-mix(in srgb, var(--pos) ${strength}%, transparent)` },
    },
    tokenName([guess.token], 0),
    h("small", null, formatPercent(guess.held, 0)),
  );
}
