/** What a column holds, in little: bars of how its numbers are spread or how often each category comes, and some values. */

import { h } from "preact";
import { formatNumber, formatRange } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";

/** @typedef {import("../views/ownColumns.js").Column} Column */
/** @typedef {import("./uploads.js").Found} Found */

const SHOWN = 4; // values in words

/** @param {{column: Column, found: Found | undefined, counts: number[] | undefined}} props `counts` of a sample of rows */
export function Spread({ column, found, counts = [] }) {
  const words = wordsFor(column, found);
  const range = rangeOf(found);
  const more = (found?.distinct ?? 0) > words.length && !(range && column.type !== "category");
  return h(
    "div",
    { class: "own-spread" },
    counts.length > 1 && h(Bars, { column, counts }),
    h(
      "span",
      { class: "own-samples" },
      words.map((word, at) => [
        at > 0 && (range && column.type !== "category" ? " – " : t("own", ", ")),
        h("bdi", { key: at }, word),
      ]),
      more && " …",
    ),
  );
}

/** @param {Column} column @param {Found | undefined} found @returns {string[]} */
function wordsFor(column, found) {
  if (column.type === "category") return (column.values ?? []).slice(0, SHOWN);
  return rangeOf(found) ?? found?.examples ?? [];
}

/** From where to where numbers or dates go, in words. @param {Found | undefined} found @returns {string[] | null} */
function rangeOf(found) {
  const { low, high } = found ?? {};
  if (typeof low === "number" && typeof high === "number") return formatRange(low, high);
  return typeof low === "string" && typeof high === "string" ? [low, high] : null;
}

/** @param {{column: Column, counts: number[]}} props */
function Bars({ column, counts }) {
  const most = Math.max(...counts, 1);
  const named = column.type === "category" ? column.values : undefined;
  const said = named
    ? named.map((value, at) => `${value}: ${formatNumber(counts[at] ?? 0)}`).join(t("own", ", "))
    : counts.map((count) => formatNumber(count)).join(" · ");
  const title = t("own", "Among the first rows: {counts}", { counts: said });
  const width = 100 / counts.length;
  return h(
    "svg",
    { class: "own-bars", viewBox: "0 0 100 24", preserveAspectRatio: "none", role: "img", "aria-label": title },
    h("title", null, title),
    counts.map((count, at) => {
      const height = count > 0 ? Math.max(1.5, (count / most) * 24) : 0;
      return h("rect", { key: at, x: at * width + 0.5, y: 24 - height, width: Math.max(0.5, width - 1), height });
    }),
  );
}
