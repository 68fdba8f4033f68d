/** The chosen runs beside each other: their curves in one chart, and the settings in which they differ. */

import { useSignal } from "@preact/signals";
import { h } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { get } from "../../api/client.js";
import { DASHES } from "../../charts/lines.js";
import { lineOf, Overlay } from "../../charts/overlay.js";
import { formatNumber } from "../../i18n/numbers.js";
import { language, t } from "../../i18n/t.js";
import { openRun } from "../../live/run.js";
import { IconButton } from "../../ui/controls.js";
import { differences } from "./differences.js";
import { rows, selected, titleOf, toggle } from "./list.js";

/** @typedef {import("../../live/run.js").Run} Run */

/** What stands for families in a document, and under which name the parts are told. */
const FAMILIES = /** @type {Record<string, string>} */ ({
  dataset: "datasets",
  task: "tasks",
  loss: "losses",
  optimizer: "optimizers",
  schedule: "schedules",
});
const OWN_TITLES = /** @type {Record<string, string>} */ ({
  seed: "Seed",
  kind: "Kind",
  layers: "Layers",
  head: "Output head",
  batch_size: "Batch size",
  epochs: "Epochs",
  steps: "Steps",
  seconds: "Seconds",
  l1: "L1",
  l2: "L2",
  clip_norm: "Gradient clipping",
  max_norm: "Max-norm",
  patience: "Patience",
  threads: "Threads",
});

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
  const parts = useParts();
  const found = differences(chosen.map(({ experiment }) => experiment));
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
            h("th", { scope: "row", title: path }, settingTitle(path, chosen, parts)),
            values.map((value, i) => h("td", { key: i }, valueText(path, value, parts))),
          ),
        ),
      ),
    ),
  );
}

/**
 * Follows the chosen runs, those that still train too.
 * @param {string[]} ids
 * @returns {Map<string, Run>}
 */
function useRuns(ids) {
  const open = useRef(/** @type {Map<string, Run>} */ (new Map()));
  for (const id of ids) if (!open.current.has(id)) open.current.set(id, openRun(id));
  for (const [id, run] of open.current) {
    if (ids.includes(id)) continue;
    run.close();
    open.current.delete(id);
  }
  useEffect(() => () => open.current.forEach((run) => run.close()), []);
  return open.current;
}

/** The parts and their titles in the language of the page; null until they are here. */
function useParts() {
  const parts = useSignal(/** @type {Record<string, any[]> | null} */ (null));
  useEffect(() => {
    get(`/api/parts?language=${language.value}`).then(
      (told) => (parts.value = told.families),
      () => {}, // the bare names of settings are good enough
    );
  }, [language.value]);
  return parts.value;
}

/**
 * @param {string} path
 * @param {import("./list.js").RunRow[]} chosen
 * @param {Record<string, any[]> | null} parts
 */
function settingTitle(path, chosen, parts) {
  const [first, ...rest] = path.slice(1).split("/");
  const name = rest[rest.length - 1] ?? first;
  const family = FAMILIES[first];
  const kinds = chosen.map(({ experiment }) => experiment[first]?.kind);
  const part =
    family && parts?.[family]?.find(({ kind, schema }) => kinds.includes(kind) && schema?.properties?.[name]);
  const title = part?.schema.properties[name].title ?? t("experiment", OWN_TITLES[name] ?? name.replaceAll("_", " "));
  return first === name || first === "training" || first === "networks" ? title : `${t("runs", first)} · ${title}`;
}

/**
 * @param {string} path
 * @param {unknown} value
 * @param {Record<string, any[]> | null} parts
 */
function valueText(path, value, parts) {
  if (value === undefined || value === null) return "–";
  if (typeof value === "number") return formatNumber(value, 4);
  if (typeof value === "boolean") return t("runs", value ? "yes" : "no");
  const family = FAMILIES[path.slice(1).split("/")[0]];
  if (path.endsWith("/kind")) return parts?.[family]?.find(({ kind }) => kind === value)?.title ?? String(value);
  return String(value) || "–";
}
