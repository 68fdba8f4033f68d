/** The list of layers to couple in: a search field, groups, and for each that does not fit the reason. */

import { h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { catalogue } from "../i18n/language.js";
import { t } from "../i18n/t.js";
import { Icon } from "../ui/icons.js";
import { useName } from "../ui/ids.js";
import { report } from "./checking.js";
import { families } from "./parts.js";
import { found } from "./search.js";

/** @typedef {import("./parts.js").Part} Part */

const GROUPS = /** @type {Record<string, string>} */ ({
  dense: "Dense",
  activation: "Activation",
  normalisation: "Normalisation",
  regularisation: "Regularisation",
  shape: "Shape",
  structure: "Structure",
});

/** What arrives at a place of the network, or null where that is not known.
 * @param {string} place @returns {{kind: string, text: string} | null} */
export function arriving(place) {
  const layers = /** @type {any[]} */ (report.value?.networks?.main ?? []);
  const path = place.replace("/networks/main", "");
  const list = path.slice(0, path.lastIndexOf("/"));
  const index = Number(path.slice(path.lastIndexOf("/") + 1));
  const behind = layers.find((one) => one.place === `${list}/${index - 1}`);
  if (behind) return behind.shape;
  const here = layers.find((one) => one.place === path);
  if (here) return here.takes;
  return index === 0 && list === "/layers" ? (report.value?.data?.shape ?? null) : null;
}

/** Why a layer does not fit where something arrives; "" where it does. @param {Part} part @param {{kind: string, text: string} | null} shape */
export function reasonAgainst(part, shape) {
  if (!shape || !part.takes || part.takes === "shape" || part.takes === shape.kind) return "";
  return t("editor", "Takes {wanted}; here {given} arrive.", {
    wanted: t("shapes", part.takes_words ?? ""),
    given: shape.text,
  });
}

/** @param {{place: string, onChoose: (kind: string) => void}} props */
export function Palette({ place, onChoose }) {
  const [question, setQuestion] = useState("");
  const [at, setAt] = useState(0);
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const id = useName();
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  const shape = arriving(place);
  const matching = found(families.value.layers ?? [], question, catalogue.value.pinyin).map((part) => ({
    part,
    reason: reasonAgainst(part, shape),
  }));
  const offers = [...matching.filter((one) => !one.reason), ...matching.filter((one) => one.reason)];
  const active = Math.min(at, offers.length - 1);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [active]);
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.isComposing || event.keyCode === 229) return; // an input method is at work: its Enter is not ours
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }[event.key];
    if (by) setAt(Math.max(0, Math.min(offers.length - 1, active + by)));
    else if (event.key === "Enter") offers[active] && !offers[active].reason && onChoose(offers[active].part.kind);
    else return;
    event.preventDefault();
  };
  return h(
    "div",
    { class: "palette" },
    h(
      "div",
      { class: "palette-search" },
      h(Icon, { name: "search", size: 18 }),
      h("input", {
        class: "text",
        type: "text",
        role: "combobox",
        ref: field,
        "aria-expanded": true,
        "aria-controls": id,
        "aria-activedescendant": offers[active] && `${id}-${offers[active].part.kind}`,
        "aria-label": t("editor", "Find a layer"),
        placeholder: t("editor", "Find a layer"),
        autocomplete: "off",
        spellcheck: false,
        value: question,
        onInput: (/** @type {Event & {currentTarget: HTMLInputElement}} */ event) => {
          setQuestion(event.currentTarget.value);
          setAt(0);
        },
        onKeyDown: key,
      }),
    ),
    shape && h("p", { class: "fine" }, t("editor", "Here arrive {shape}.", { shape: shape.text })),
    h(
      "div",
      { class: "palette-list", id, role: "listbox", ref: list, "aria-label": t("editor", "Layers") },
      offers.length === 0 && h("p", { class: "fine" }, t("editor", "No layer is called “{question}”.", { question })),
      offers.map(({ part, reason }, number) => [
        (number === 0 || offers[number - 1].part.group !== part.group) &&
          !question &&
          h(
            "p",
            { key: `${part.group}${number}`, class: "palette-group", role: "presentation" },
            t("editor", GROUPS[part.group] ?? part.group),
          ),
        h(
          "div",
          {
            key: part.kind,
            id: `${id}-${part.kind}`,
            class: "palette-offer",
            role: "option",
            "aria-selected": number === active,
            "aria-disabled": Boolean(reason),
            onClick: () => !reason && onChoose(part.kind),
            onPointerMove: () => number !== active && setAt(number),
          },
          h("b", null, part.title),
          h("span", null, reason || part.help.split("\n")[0]),
        ),
      ]),
    ),
  );
}
