/** What a network is told of a point: features from a list, and formulas that the person types. */

import { h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/t.js";
import { Button, Chip, IconButton } from "../ui/controls.js";
import { Field } from "../ui/field.js";
import { withNote } from "../ui/help.js";
import { useName } from "../ui/ids.js";
import { isHidden, isLocked } from "../ui/shown.js";
import { report } from "./checking.js";
import { goesOn } from "./currentRun.js";
import { edit, experiment } from "./document.js";
import { FormulaDraft } from "./formulaDraft.js";

const PLACE = "/dataset";

/** @typedef {import("../api/client.js").Problem} Problem */
/** @typedef {import("../ui/schema.js").Schema} Schema */

/**
 * @param {object} props
 * @param {Schema} props.schema of the dataset
 * @param {{features: string[], formulas?: string[]}} props.value with every field
 * @param {Problem[]} props.problems of the dataset
 */
export function Features({ schema, value, problems }) {
  const name = useName();
  const row = useRef(/** @type {HTMLSpanElement | null} */ (null));
  const [draft, setDraft] = useState(/** @type {{at: number, text: string} | null} */ (null));
  const [all, setAll] = useState(false);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !draft) row.current?.querySelector(/** @type {"button"} */ (".add-formula"))?.focus();
    wasOpen.current = Boolean(draft);
  }, [draft === null]);
  if (isHidden(`${PLACE}/features`)) return null;
  const { features, formulas } = schema.properties;
  const own = !formulas || isHidden(`${PLACE}/formulas`) ? [] : (value.formulas ?? []);
  const shown = features.items.enum.filter((/** @type {string} */ feature) => all || value.features.includes(feature));
  const text = [t("datasets", features.description), formulas && t("datasets", formulas.description)];
  const here = problems.filter(({ place }) => /^\/dataset\/(features|formulas)(\/|$)/.test(place));
  /** @param {string[]} next */
  const choose = (next) => edit([{ op: "replace", path: `${PLACE}/features`, value: next }]);
  /** Puts a text in the place of a formula, behind the last or, with none, takes that one out.
   * @param {number} at @param {string} [text] */
  const keep = (at, text) => {
    setDraft(null);
    const next = [...(experiment.peek().dataset?.formulas ?? [])];
    next.splice(at, 1, ...(text === undefined ? [] : [text]));
    edit([{ op: "add", path: `${PLACE}/formulas`, value: next }]); // never one step of undo with the one before
  };
  const locked = isLocked(`${PLACE}/features`) || isLocked(`${PLACE}/formulas`);
  return h(
    "fieldset",
    { class: "locked", disabled: locked },
    h(
      Field,
      {
        label: t("datasets", features.title),
        name,
        group: true,
        help: { text: () => withNote(text.filter(Boolean).join("\n\n"), goesOn) },
        problems: here.filter(({ place }) => place !== `${PLACE}/formulas/${draft?.at}`),
        onFix: (fix) => edit(fix.edits),
      },
      h(
        "span",
        { class: "chips", ref: row },
        shown.map((/** @type {string} */ feature) =>
          h(Chip, {
            key: feature,
            title: t("datasets", features.labels?.[feature] ?? feature),
            value: value.features.includes(feature),
            onInput: (wanted) =>
              choose(
                features.items.enum.filter((/** @type {string} */ other) =>
                  other === feature ? wanted : value.features.includes(other),
                ),
              ),
          }),
        ),
        shown.length < features.items.enum.length &&
          h(
            Button,
            { class: "all-features", title: t("editor", "All features"), onClick: () => setAll(true) },
            `+ ${features.items.enum.length - shown.length}`,
          ),
        own.map((formula, at) =>
          h(FormulaChip, {
            key: `${at} ${formula}`,
            shown: report.value?.data?.inputs?.[value.features.length + at] ?? formula,
            formula,
            wrong: here.some(({ place }) => place === `${PLACE}/formulas/${at}`),
            onOpen: () => setDraft({ at, text: formula }),
            onRemove: () => keep(at),
          }),
        ),
        formulas &&
          !isHidden(`${PLACE}/formulas`) &&
          own.length < formulas.maxItems &&
          h(
            Button,
            {
              class: "add-formula",
              expanded: draft?.at === own.length,
              onClick: () => setDraft(draft?.at === own.length ? null : { at: own.length, text: "" }),
            },
            t("editor", "+ formula"),
          ),
      ),
    ),
    draft &&
      h(FormulaDraft, {
        key: draft.at,
        at: draft.at,
        text: draft.text,
        longest: formulas.items.maxLength,
        formulas: own,
        onKeep: (/** @type {string | undefined} */ text) => keep(draft.at, text),
        onLeave: () => setDraft(null),
      }),
  );
}

/** A formula that is among the features: pressed it can be changed.
 * @param {{shown: string, formula: string, wrong: boolean, onOpen: () => void, onRemove: () => void}} props */
function FormulaChip({ shown, formula, wrong, onOpen, onRemove }) {
  return h(
    "span",
    { class: `formula-chip${wrong ? " wrong" : ""}` },
    h(
      Button,
      {
        look: "quiet",
        title: formula,
        onClick: onOpen,
        attributes: { "aria-label": t("editor", "Change the formula {formula}", { formula: shown }) },
      },
      h("span", { class: "formula-shown" }, shown),
    ),
    h(IconButton, {
      icon: "close",
      look: "quiet",
      label: t("editor", "Remove the formula {formula}", { formula: shown }),
      onClick: onRemove,
    }),
  );
}
