/** The head of a table: what each column is called. */

import { h } from "preact";

/** @param {{titles: any[]}} props "" is the empty corner above the names of rows; what is false or undefined is left out */
export function TableHead({ titles }) {
  return h(
    "thead",
    null,
    h(
      "tr",
      null,
      titles
        .filter((title) => title !== false && title !== undefined)
        .map((title, at) => (title === "" ? h("td", { key: at }) : h("th", { key: at, scope: "col" }, title))),
    ),
  );
}
