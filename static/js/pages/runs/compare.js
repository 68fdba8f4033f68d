/** The chosen runs beside each other: their curves in one chart, and the settings in which they differ. */

import { h } from "preact";
import { families } from "../../api/parts.js";
import { asCsv } from "../../charts/csv.js";
import { DASHES, lineOf } from "../../charts/lines.js";
import { Overlay } from "../../charts/overlay.js";
import { t } from "../../i18n/t.js";
import { Button, IconButton } from "../../ui/controls.js";
import { saveFile } from "../../ui/save.js";
import { useChanges, useDocuments, useRuns } from "./chosen.js";
import { differences } from "./differences.js";
import { lineNumbers, rows, selected, titleOf, toggle } from "./knownRuns.js";
import { namesByDifference } from "./naming.js";
import { titleOfKind } from "./kindTitles.js";
import { inShort, settingTitle, valueText } from "./settingWords.js";

/** @typedef {import("./differences.js").Difference} Difference */
/** A run of the comparison. @typedef {{id: string, name: string, short: string, number: number}} Compared
 *   `short` says what differs; `number` is that of its line */

export function Compare() {
  const known = families.value;
  const chosen = selected.value.flatMap((id) => rows.value.find((row) => row.id === id) ?? []);
  const runs = useRuns(chosen.map(({ id }) => id));
  const begun = useDocuments(chosen.map(({ id }) => id));
  const documents = useChanges(begun, chosen.map(({ id }) => runs.get(id))); // prettier-ignore
  if (chosen.length === 0) return null;
  const found = documents && differences(documents, (kind) => titleOfKind(known, "layers", kind));
  const own = chosen.map(titleOf);
  const names =
    found && chosen.length > 1
      ? namesByDifference(found, (path, value) => inShort(path, value, documents, known), own)
      : own;
  const compared = chosen.map(({ id }, i) => ({
    id,
    name: own[i],
    short: names[i],
    number: lineNumbers.value[id],
  }));
  const shown = compared.flatMap(({ id, short, number }) => {
    const run = runs.get(id);
    return run ? [{ run, title: short, number }] : [];
  });
  return h(
    "section",
    { class: "compare", id: "comparison", "aria-label": t("runs", "Comparison") },
    h(
      "header",
      null,
      h("h2", null, t("runs", "Comparison")),
      h(IconButton, {
        icon: "close",
        look: "quiet",
        label: t("runs", "Choose none"),
        onClick: () => (selected.value = []),
      }),
    ),
    h(Overlay, { runs: shown }),
    h(Key, { compared }),
    found && chosen.length > 1 && h(Differences, { compared, found, documents, known }),
  );
}

/** Which line is which run. @param {{compared: Compared[]}} props */
function Key({ compared }) {
  return h(
    "ul",
    { class: "compare-runs" },
    compared.map(({ id, name, short, number }) =>
      h(
        "li",
        { key: id },
        h(LineKey, { number }),
        h("a", { href: `/?run=${id}` }, h("b", null, short), short !== name && h("span", null, name)),
        h(IconButton, {
          icon: "close",
          look: "quiet",
          class: "small",
          label: t("runs", "Leave out “{name}”", { name: short }),
          onClick: () => toggle(id),
        }),
      ),
    ),
  );
}

/** The line of a run, as the chart draws it. @param {{number: number}} props */
function LineKey({ number }) {
  const { line, colour } = lineOf(number);
  return h(
    "svg",
    { width: 26, height: 8, viewBox: "0 0 26 8", "aria-hidden": "true", style: { color: `var(--${colour})` } },
    h("path", { d: "M0 4h26", stroke: "currentColor", "stroke-width": 3, "stroke-dasharray": DASHES[line].join(" ") }),
  );
}

/** @param {{compared: Compared[], found: Difference[], documents: any[], known: import("./kindTitles.js").Parts}} props */
function Differences({ compared, found, documents, known }) {
  if (found.length === 0) return h("p", { class: "compare-same" }, t("runs", "Their settings are the same."));
  const told = found.map(({ path, values }) => ({
    path,
    title: settingTitle(path, documents, known),
    values: values.map((value) => valueText(path, value, documents, known)),
  }));
  const save = () => {
    const cells = [
      [t("runs", "Setting"), ...compared.map(({ name }) => name)],
      ...told.map(({ title, values }) => [title, ...values]),
    ];
    saveFile(new Blob([asCsv(cells)], { type: "text/csv" }), "settings.csv");
  };
  return h(
    "div",
    { class: "compare-settings" },
    h(
      "header",
      null,
      h("h3", { id: "settings-that-differ" }, t("runs", "Settings that differ")),
      h(Button, { look: "quiet", onClick: save }, t("runs", "Table (CSV)")),
    ),
    h(
      "div",
      { class: "compare-table", tabIndex: 0, role: "region", "aria-label": t("runs", "Settings that differ") },
      h(
        "table",
        { "aria-labelledby": "settings-that-differ" },
        h(
          "thead",
          null,
          h(
            "tr",
            null,
            h("th", { scope: "col" }, t("runs", "Setting")),
            compared.map(({ id, short, number }) =>
              h("th", { scope: "col", key: id }, h(LineKey, { number }), h("span", null, short)),
            ),
          ),
        ),
        h(
          "tbody",
          null,
          told.map(({ path, title, values }) =>
            h(
              "tr",
              { key: path },
              h("th", { scope: "row", title: path }, title),
              values.map((value, i) => h("td", { key: i }, value)),
            ),
          ),
        ),
      ),
    ),
  );
}
