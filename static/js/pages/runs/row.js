/** One run in the list. */

import { useSignal } from "@preact/signals";
import { h } from "preact";
import { formatNumber, formatPercent } from "../../i18n/numbers.js";
import { languageTag, t } from "../../i18n/t.js";
import { metricTitle } from "../../live/metricNames.js";
import { epochText, queueSentence, statusWord } from "../../live/words.js";
import { Button, Chip, IconButton } from "../../ui/controls.js";
import { memo } from "../../ui/memo.js";
import { inWords } from "./differences.js";
import { Line } from "./line.js";
import { discard, filter, relabel, titleOf, toggle } from "./list.js";

/** @typedef {import("./list.js").RunRow} RunRow */

const SHOWN = ["accuracy", "mean_iou", "r2", "rmse", "macro_f1"]; // beside the loss, the first that there is
const DAY = 86_400; // seconds

/** @param {{run: RunRow, chosen: boolean, language: string}} props */
export const Row = memo(({ run, chosen }) => {
  const editing = useSignal(/** @type {"" | "name" | "tags" | "note"} */ (""));
  const title = titleOf(run);
  return h(
    "li",
    { class: `run ${chosen ? "chosen" : ""}`, "data-run": run.id },
    h(
      "div",
      { class: "run-choose" },
      h(Chip, {
        title: "",
        value: chosen,
        onInput: () => toggle(run.id),
        hint: t("runs", "Compare “{name}”", { name: title }),
      }),
    ),
    h(
      "div",
      { class: "run-name" },
      editing.value === "name"
        ? h(Line, {
            label: t("runs", "Name"),
            value: run.name,
            onDone: (name) => ((editing.value = ""), name !== null && void relabel(run.id, { name })),
          })
        : h(
            "p",
            null,
            h("a", { href: `/?run=${run.id}` }, title),
            h(IconButton, {
              icon: "pencil",
              look: "quiet",
              class: "small",
              label: t("runs", "Rename"),
              onClick: () => (editing.value = "name"),
            }),
          ),
      h("p", { class: "run-what" }, what(run.experiment)),
    ),
    h(
      "div",
      { class: "run-status" },
      h("span", { class: `status ${run.status}` }, statusWord(run.status)),
      h(
        "span",
        { class: "run-far" },
        run.position
          ? queueSentence({ position: run.position, expectedSeconds: run.expected_seconds })
          : t("runs", "epoch {epoch}", { epoch: epochText(run.epoch) }),
      ),
    ),
    h(
      "dl",
      { class: "run-metrics" },
      metricsOf(run).map(([name, value]) => h("div", { key: name }, h("dt", null, name), h("dd", null, value))),
    ),
    h(
      "div",
      { class: "run-when" },
      h(
        "time",
        { dateTime: new Date(run.created * 1000).toISOString(), title: fullDate(run.created) },
        when(run.created),
      ),
      run.owner !== "local" && h("span", null, run.owner),
    ),
    h(
      "div",
      { class: "run-labels" },
      editing.value === "tags"
        ? h(Line, {
            label: t("runs", "Tags, with commas between them"),
            value: run.tags.join(", "),
            onDone: (text) => ((editing.value = ""), text !== null && void relabel(run.id, { tags: tagsIn(text) })),
          })
        : [
            run.tags.map((/** @type {string} */ tag) =>
              h(
                Button,
                {
                  key: tag,
                  class: "tag",
                  look: "quiet",
                  title: t("runs", "Only runs with this tag"),
                  onClick: () => (filter.value = { ...filter.peek(), tag }),
                },
                tag,
              ),
            ),
            h(
              Button,
              { look: "quiet", class: "tag add", onClick: () => (editing.value = "tags") },
              run.tags.length ? t("runs", "edit tags") : t("runs", "+ tag"),
            ),
          ],
      editing.value === "note"
        ? h(Line, {
            label: t("runs", "Note"),
            value: run.note,
            onDone: (text) => ((editing.value = ""), text !== null && void relabel(run.id, { note: text })),
          })
        : h(
            Button,
            { look: "quiet", class: run.note ? "run-note" : "tag add", onClick: () => (editing.value = "note") },
            run.note || t("runs", "+ note"),
          ),
    ),
    h(IconButton, {
      icon: "trash",
      look: "quiet",
      class: "run-delete",
      label: t("runs", "Delete “{name}”", { name: title }),
      onClick: () => discard(run),
    }),
  );
});

/** Data, network and optimizer in a few words. @param {any} experiment */
function what({ dataset, networks, optimizer }) {
  const layers = inWords(networks?.main?.layers ?? []) || t("runs", "no hidden layer");
  return [dataset?.kind, layers, optimizer && `${optimizer.kind} ${formatNumber(optimizer.lr ?? 0)}`]
    .filter(Boolean)
    .join(" · ");
}

/**
 * The loss and what it means, on validation where there is such.
 * @param {RunRow} run
 * @returns {[string, string][]}
 */
function metricsOf({ metrics }) {
  const split = "validation_loss" in metrics ? "validation" : "train";
  const second = SHOWN.find((kind) => `${split}_${kind}` in metrics);
  const names = [`${split}_loss`, second && `${split}_${second}`].filter((name) => name && name in metrics);
  return names.map((name) => {
    const value = Number(metrics[/** @type {string} */ (name)]);
    const shown = name?.endsWith("accuracy") ? formatPercent(value) : formatNumber(value);
    return [metricTitle(/** @type {string} */ (name)), shown];
  });
}

/** @param {string} text */
function tagsIn(text) {
  const tags = text.split(/[,，、]/).map((tag) => tag.trim());
  return [...new Set(tags.filter(Boolean))];
}

/** @param {number} created Unix time */
function when(created) {
  const seconds = created - Date.now() / 1000;
  if (seconds < -DAY) return new Intl.DateTimeFormat(languageTag(), { dateStyle: "medium" }).format(created * 1000);
  const relative = new Intl.RelativeTimeFormat(languageTag(), { numeric: "auto" });
  if (seconds > -60) return relative.format(0, "second");
  if (seconds > -3600) return relative.format(Math.round(seconds / 60), "minute");
  return relative.format(Math.round(seconds / 3600), "hour");
}

/** @param {number} created */
const fullDate = (created) =>
  new Intl.DateTimeFormat(languageTag(), { dateStyle: "full", timeStyle: "medium" }).format(created * 1000);
