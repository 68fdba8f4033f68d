/** The chosen runs beside each other: their curves in one chart, and the settings in which they differ. */

import { h } from "preact";
import { families, networkTitle, titleOfSetting } from "../../api/parts.js";
import { DASHES } from "../../charts/lines.js";
import { lineOf, Overlay } from "../../charts/overlay.js";
import { formatNumber } from "../../i18n/numbers.js";
import { t } from "../../i18n/t.js";
import { IconButton } from "../../ui/controls.js";
import { useDocuments, useRuns } from "./chosen.js";
import { differences } from "./differences.js";
import { rows, selected, titleOf, toggle } from "./list.js";
import { FAMILIES, titleOfKind } from "./parts.js";

/** Settings that belong to no form. */
const OWN_TITLES = /** @type {Record<string, string>} */ ({ seed: "Seed", layers: "Layers", head: "Output head" });

export function Compare() {
  const chosen = selected.value.flatMap((id) => rows.value.find((row) => row.id === id) ?? []);
  const runs = useRuns(chosen.map(({ id }) => id));
  if (chosen.length === 0) return null;
  const shown = chosen.flatMap((row) => {
    const run = runs.get(row.id);
    return run ? [{ run, title: titleOf(row) }] : [];
  });
  return h(
    "section",
    { class: "compare", "aria-label": t("runs", "Comparison") },
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
    h(
      "ul",
      { class: "compare-runs" },
      chosen.map((row, number) =>
        h(
          "li",
          { key: row.id },
          h(LineKey, { number }),
          h("a", { href: `/?run=${row.id}` }, titleOf(row)),
          h(IconButton, {
            icon: "close",
            look: "quiet",
            class: "small",
            label: t("runs", "Leave out “{name}”", { name: titleOf(row) }),
            onClick: () => toggle(row.id),
          }),
        ),
      ),
    ),
    chosen.length > 1 && h(Differences, { chosen }),
  );
}

/** The line style of a run, as the chart draws it. @param {{number: number}} props */
function LineKey({ number }) {
  const { line, weight } = lineOf(number);
  return h(
    "svg",
    { class: weight, width: 34, height: 8, viewBox: "0 0 34 8", "aria-hidden": "true" },
    h("path", { d: "M0 4h34", stroke: "currentColor", "stroke-width": 2, "stroke-dasharray": DASHES[line].join(" ") }),
  );
}

/** @param {{chosen: import("./list.js").RunRow[]}} props */
function Differences({ chosen }) {
  const known = families.value;
  const documents = useDocuments(chosen.map(({ id }) => id));
  if (!documents) return null; // they are on their way
  const found = differences(documents, (kind) => titleOfKind(known, "layers", kind));
  if (found.length === 0) return h("p", { class: "compare-same" }, t("runs", "Their settings are the same."));
  return h(
    "div",
    { class: "compare-table", tabIndex: 0, role: "region", "aria-label": t("runs", "Settings that differ") },
    h(
      "table",
      null,
      h("caption", null, t("runs", "Settings that differ")),
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          h("th", { scope: "col" }, t("runs", "Setting")),
          chosen.map((row) => h("th", { scope: "col", key: row.id }, titleOf(row))),
        ),
      ),
      h(
        "tbody",
        null,
        found.map(({ path, values }) =>
          h(
            "tr",
            { key: path },
            h("th", { scope: "row", title: path }, settingTitle(path, documents, known)),
            values.map((value, i) => h("td", { key: i }, valueText(path, value, documents, known))),
          ),
        ),
      ),
    ),
  );
}

/**
 * @param {string} path
 * @param {any[]} documents
 * @param {import("./parts.js").Parts} known
 */
function settingTitle(path, documents, known) {
  const [first, ...rest] = path.slice(1).split("/");
  const name = rest.at(-1) ?? first;
  const part = partIn(path);
  if (name === "kind" && part) return inNetwork(first, rest[0], t("runs", part));
  const own = OWN_TITLES[name] && t("experiment", OWN_TITLES[name]);
  const title = fieldAt(path, documents, known)?.title ?? own ?? titleOfSetting(documents[0], path);
  if (first === "networks") return inNetwork(first, rest[0], title);
  return first === name || first === "training" ? title : `${t("runs", first)} · ${title}`;
}

/**
 * @param {string} path
 * @param {unknown} value
 * @param {any[]} documents
 * @param {import("./parts.js").Parts} known
 */
function valueText(path, value, documents, known) {
  if (value === undefined || value === null) return "–";
  if (typeof value === "number") return formatNumber(value, 4);
  if (typeof value === "boolean") return t("runs", value ? "yes" : "no");
  const family = FAMILIES[partIn(path) ?? ""];
  if (path.endsWith("/kind") && family) return titleOfKind(known, family, String(value));
  const field = fieldAt(path, documents, known);
  if (field?.enum) return t(family, field.labels?.[String(value)] ?? String(value));
  return String(value) || "–";
}

/** A title with the name of the network it belongs to, where that has one. @param {string} first @param {string} network @param {string} title */
function inNetwork(first, network, title) {
  const named = first === "networks" && networkTitle(network) !== network;
  return named ? `${networkTitle(network)} · ${title}` : title;
}

/** Which part of a document a setting belongs to: "optimizer" of `/networks/encoder/optimizer/lr`. @param {string} path */
function partIn(path) {
  return path
    .split("/")
    .reverse()
    .find((name) => FAMILIES[name]);
}

/**
 * The field of a setting in the form of a part that one of the documents has.
 * @param {string} path
 * @param {any[]} documents
 * @param {import("./parts.js").Parts} known
 */
function fieldAt(path, documents, known) {
  const names = path.slice(1).split("/");
  const holder = names.slice(0, -1);
  const kinds = documents.map((document) => holder.reduce((one, name) => one?.[name], document)?.kind);
  const parts = known[FAMILIES[partIn(path) ?? ""]] ?? [];
  return parts.flatMap(
    ({ kind, schema }) => (kinds.includes(kind) && schema?.properties?.[names.at(-1) ?? ""]) || [],
  )[0];
}
