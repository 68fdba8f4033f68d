/** Own data on the page: what opens its window, which is fetched when wanted, and what is said beside its results. */

import { effect, signal } from "@preact/signals-core";
import { h } from "preact";
import { partOf } from "../api/parts.js";
import { namesAreOwn } from "../i18n/dataNames.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { scaleTold } from "../views/ownScale.js";
import { Verdict } from "../views/ownVerdict.js";
import { Button } from "../ui/controls.js";
import { lazy } from "../ui/lazy.js";
import { owner } from "./currentRun.js";
import { experiment } from "./document.js";

const OwnData = lazy(() => import("../pages/seldom.js").then((module) => module.OwnData));

/** The window of own data while it is open, at one upload or ("") at the list of them.
 * @type {import("@preact/signals-core").Signal<{upload: string} | null>} */
const shown = signal(null);

/** Whether a dataset is a person's own. @param {Record<string, any> | undefined} dataset */
function isOwn(dataset) {
  return partOf("datasets", dataset?.kind)?.supplied_by === "upload";
}

/** Whether it is one of columns, which can be chosen again. @param {Record<string, any>} dataset */
function hasColumns(dataset) {
  return partOf("datasets", dataset.kind)?.by_column;
}

effect(() => {
  namesAreOwn.value = isOwn(experiment.value.dataset);
});

/** Opens the window. @param {string} [upload] at this one */
export function openOwnData(upload = "") {
  shown.value = { upload };
}

/** Opens the window. */
export function OwnDataButton() {
  const title = t("own", "Your own table, text or pictures…");
  return h(
    Button,
    { look: "quiet", title, attributes: { "aria-label": title }, onClick: () => openOwnData() },
    t("own", "+ Your own"),
  );
}

/** What own data of each kind are, and what their button says.
 * @type {Record<string, (dataset: Record<string, any>) => {sentence: string, change: string}>} */
const TOLD = {
  own_table: (table) => ({
    sentence: t("own", "Predicts “{target}” from {inputs}.", { target: table.target_column, inputs: inputsOf(table) }),
    change: t("own", "Choose the columns…"),
  }),
  own_pictures: ({ classes = [] }) => ({
    sentence: t("own", "{count} pictures of {classes} classes.", {
      count: classes.reduce(
        (/** @type {number} */ sum, /** @type {{count: number}} */ pictureClass) => sum + pictureClass.count,
        0,
      ),
      classes: classes.length,
    }),
    change: t("own", "Add pictures…"),
  }),
  own_series: ({ column, dates }) => ({
    sentence: dates
      ? t("own", "How “{column}” goes on, in the order of “{dates}”.", { column, dates })
      : t("own", "How “{column}” goes on, row after row.", { column }),
    change: t("own", "Choose the columns…"),
  }),
  own_text: ({ characters = 0, different = 0 }) => ({
    sentence: t("own", "A text of {characters} characters, {different} different ones.", {
      characters: formatNumber(characters),
      different: formatNumber(different),
    }),
    change: t("own", "Look at the text…"),
  }),
};

/** What own data are that stand on the page, with a way to choose other parts of them. @param {{dataset: Record<string, any>}} props */
export function OwnHere({ dataset }) {
  if (!isOwn(dataset)) return null;
  if (!dataset.upload) return h(NotShown, null);
  const table = hasColumns(dataset) && /** @type {import("../views/ownColumns.js").OwnTable} */ (dataset);
  const told = table && scaleTold(table);
  const { sentence, change } = TOLD[dataset.kind](dataset);
  return h(
    "div",
    { class: "own-here" },
    h("p", null, sentence),
    told && h("p", { class: "fine" }, told),
    h(Button, { icon: "pencil", onClick: () => openOwnData(dataset.upload) }, change),
    h(Button, { look: "quiet", onClick: () => openOwnData() }, t("own", "Other data…")),
  );
}

/** Why there is nothing to see of the data: another seat brought them, and a run's document has none of it; "" where
 * that is not so. */
export function whyUnseen() {
  const { dataset } = experiment.value;
  if (!isOwn(dataset) || dataset.upload) return "";
  return owner.value
    ? t("own", "{owner} brought these data. The class does not see what stands in them.", { owner: owner.value })
    : t("own", "The data of this experiment are not here.");
}

/** In place of data that another seat brought. */
function NotShown() {
  return h(
    "div",
    { class: "own-here" },
    h("p", null, whyUnseen()),
    h(Button, { look: "quiet", onClick: () => openOwnData() }, t("own", "Other data…")),
  );
}

/** @param {Record<string, any>} table @returns {string} */
function inputsOf({ input_columns: names = [] }) {
  return names.length === 1 ? `“${names[0]}”` : t("own", "{count} columns", { count: names.length });
}

/** Stands once on a page. */
export function OwnDataWindow() {
  return shown.value && h(OwnData, { upload: shown.value.upload, onClose: () => (shown.value = null) });
}

/** What an accuracy is worth, under the output of own data.
 * @param {{preview: any, metrics: any}} props */
export function OwnVerdict({ preview, metrics }) {
  const { dataset, task } = experiment.value;
  if (!dataset || !isOwn(dataset)) return null;
  const onColumns = hasColumns(dataset) ? () => openOwnData(dataset.upload) : undefined;
  return h(Verdict, { preview, metrics, score: partOf("tasks", task?.kind)?.score, onColumns });
}
