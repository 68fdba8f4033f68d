/** The settings that everybody turns, always in sight above the network; everything else of them is one click away.
 * Which they are, the task says. */

import { h } from "preact";
import { FAMILIES, families, forms, partOf } from "../api/parts.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Button, Select } from "../ui/controls.js";
import { SchemaForm } from "../ui/form.js";
import { Icon } from "../ui/icons.js";
import { lazy } from "../ui/lazy.js";
import { Popover } from "../ui/popover.js";
import { filled, planOf } from "../ui/schema.js";
import { isHidden, isLocked } from "../ui/shown.js";
import { activationEdits, activationParts, activationsOf } from "./activations.js";
import { report } from "./checking.js";
import { goesOn } from "./currentRun.js";
import { edit, experiment } from "./document.js";
import { isLivePlace } from "./liveEdits.js";
import { PartWithSettings } from "./partWithSettings.js";
import { valueAt } from "./patch.js";

const TrainingForm = lazy(() => import("../pages/seldom.js").then((module) => module.TrainingForm));

/** What keeps weights small stands in two places of a document, and is chosen in one. */
const BESIDE = /** @type {Record<string, string[]>} */ ({ "/training/regularization": ["/optimizer/weight_decay"] });

export function SettingsBar() {
  if (isHidden("training")) return null;
  const places = (partOf("tasks", experiment.value.task?.kind)?.bar ?? []).filter((place) => !isHidden(place));
  return h(
    "section",
    { class: "settings", id: "training", "aria-label": t("page", "Training"), tabIndex: -1 },
    places.map((place) => h(Setting, { key: place, place })),
    h(Popover, {
      label: t("ui", "More settings"),
      class: "settings-card",
      trigger: (attributes) => h(Button, { look: "quiet", attributes }, t("ui", "More settings"), " ▾"),
      children: () => h(TrainingForm, { without: places.flatMap((place) => [place, ...(BESIDE[place] ?? [])]) }),
    }),
    h("p", { class: "settings-note" }, h(Note, null)),
  );
}

function Note() {
  return [
    h("span", { key: "s" }, h(Icon, { name: "reset", size: 14 }), " ", t("editor", "starts again")),
    h("span", { key: "r", class: "rest" }, t("editor", "; the rest takes effect at once")),
  ];
}

/** The control of a place; null where the document has none there. @param {{place: string}} props */
function Setting({ place }) {
  const [, first, ...rest] = place.split("/");
  if (place === "/networks") return h(Box, { place }, h(Activation, null));
  const family = FAMILIES[first];
  if (family && rest.length === 0) return h(Box, { place }, h(PartWithSettings, { family, place, alone: true }));
  const holder = place.slice(0, place.lastIndexOf("/"));
  const form = formOf(holder);
  const name = /** @type {string} */ (rest.at(-1));
  if (!form?.schema.properties?.[name]) return null;
  if (planOf(form.schema.properties[name], form.schema).control === "object") return h(Group, { place });
  return h(Box, { place }, h(SchemaForm, { ...form, place: holder, only: [name] }));
}

/** One setting in the bar, laid out in a row. @param {{place: string, children?: any}} props */
function Box({ place, children }) {
  const again = ![place, ...(BESIDE[place] ?? [])].every(isLivePlace);
  return h(
    "fieldset",
    { class: "setting form locked", disabled: isLocked(place), "data-place": place },
    children,
    again &&
      h(
        "span",
        { class: "setting-again", title: t("editor", "A change of this starts the run again.") },
        h(Icon, { name: "reset", size: 14 }),
      ),
  );
}

/** A part's form, or that of the training settings. @param {string} place of it @returns {any} */
function formOf(place) {
  const [, first, ...rest] = place.split("/");
  const value = valueAt(experiment.value, place) ?? {};
  const root = forms.value[first] ?? partOf(FAMILIES[first], value.kind)?.schema;
  const schema = rest.reduce((found, name) => found && planOf(found.properties[name], root).schema, root);
  const problems = report.value?.problems ?? [];
  const context = FAMILIES[first] ?? "experiment";
  return schema && { schema, root, value, place, problems, onEdit: edit, context, live: goesOn };
}

/** Several settings that are one thing: told in few words, and changed in a card, which stands outside of the box: its
 * form is laid out as in any other card. @param {{place: string}} props */
function Group({ place }) {
  const holder = place.slice(0, place.lastIndexOf("/"));
  const { schema, context } = formOf(holder);
  const title = t(context, planOf(schema.properties[place.slice(holder.length + 1)], schema).title);
  const [form, ...others] = [place, ...(BESIDE[place] ?? [])].map((path, at) => {
    const found = formOf(at === 0 ? path : path.slice(0, path.lastIndexOf("/")));
    const names = at === 0 ? Object.keys(found.schema.properties) : [path.slice(path.lastIndexOf("/") + 1)];
    return { ...found, only: names.filter((name) => found?.schema.properties[name]) };
  });
  const told = [form, ...others].flatMap(({ schema: own, root, value, only, context: own_context }) =>
    only
      .filter((/** @type {string} */ name) => filled(value, own, root)[name])
      .map(
        (/** @type {string} */ name) =>
          `${t(own_context, own.properties[name].title)} ${formatNumber(filled(value, own, root)[name], 3)}`,
      ),
  );
  return h(Popover, {
    label: title,
    class: "settings-card",
    trigger: (attributes) =>
      h(
        Box,
        { place },
        h(
          Button,
          { look: "quiet", attributes: { ...attributes, title: told.join(" · ") || undefined } },
          h("span", { class: "label" }, title),
          " ",
          h("b", null, told[0] ?? t("editor", "none"), told.length > 1 && " …"),
        ),
      ),
    children: () =>
      h(
        "div",
        { class: "form" },
        [form, ...others].map((shownForm) => h(SchemaForm, { key: shownForm.place, ...shownForm })),
      ),
  });
}

/** That of all layers. */
function Activation() {
  const parts = families.value.layers ?? [];
  const kinds = [...new Set(activationsOf(experiment.value, parts).map(({ kind }) => kind))];
  const options = activationParts(parts).map(({ kind, title }) => ({ value: kind, title }));
  const part = kinds.length === 1 ? partOf("layers", kinds[0]) : undefined;
  return h(Select, {
    label: t("editor", "Activation"),
    help: part && { text: part.help, formula: part.formula },
    value: kinds.length > 1 ? "several" : (kinds[0] ?? ""),
    options: [
      { value: "", title: t("editor", "none") },
      ...(kinds.length > 1 ? [{ value: "several", title: t("editor", "several"), disabled: true }] : []),
      ...options,
    ],
    onInput: (kind) => edit(activationEdits(experiment.peek(), parts, kind)),
  });
}
