/** The list of layers to couple in: a search field, groups, and for each that does not fit the reason. */

import { h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { families } from "../api/parts.js";
import { catalogue } from "../i18n/language.js";
import { t } from "../i18n/t.js";
import { Icon } from "../ui/icons.js";
import { useName } from "../ui/ids.js";
import { arriving } from "./arriving.js";
import { useOffers } from "./offers.js";
import { offered } from "./search.js";

/** @typedef {import("../api/parts.js").Part} Part */
/** @typedef {import("./search.js").Offer} Offer */

const GROUPS = /** @type {Record<string, string>} */ ({
  dense: "Dense",
  convolution: "Convolution",
  pooling: "Pooling",
  activation: "Activation",
  normalisation: "Normalisation",
  regularisation: "Regularisation",
  shape: "Shape",
  structure: "Structure",
  sequence: "Sequence",
});

/** @param {{place: string, onChoose: (kind: string, start?: any) => void}} props */
export function Palette({ place, onChoose }) {
  const [question, setQuestion] = useState("");
  const [chosen, setChosen] = useState("");
  const [wanted, setWanted] = useState(""); // before it was known how it begins here
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const id = useName();
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  const answer = useOffers(place);
  const shape = arriving(place);
  const offers = offered(families.value.layers ?? [], question, catalogue.value.pinyin ?? {}, answer?.offers ?? {});
  const at = offers.findIndex(({ part }) => part.kind === chosen);
  const active = Math.max(0, at); // by its kind: it stays when the answer puts others in front
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [active]);
  const choose = (/** @type {Offer | undefined} */ offer) => {
    if (!answer) return setWanted(offer?.part.kind ?? "");
    if (offer && !offer.reason) onChoose(offer.part.kind, answer.starts?.[offer.part.kind]);
  };
  useEffect(() => {
    if (answer && wanted) choose(offers.find(({ part }) => part.kind === wanted));
  }, [answer, wanted]);
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.isComposing || event.keyCode === 229) return; // an input method is at work: its Enter is not ours
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }[event.key];
    if (by) setChosen(offers[Math.max(0, Math.min(offers.length - 1, active + by))]?.part.kind ?? "");
    else if (event.key === "Enter") choose(offers[active]);
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
          setChosen("");
        },
        onKeyDown: key,
      }),
    ),
    shape && h("p", { class: "fine" }, t("editor", "Here arrive {shape}.", { shape: shape.text })),
    h(
      "div",
      { class: "palette-list", id, role: "listbox", ref: list, "aria-label": t("editor", "Layers") },
      offers.length === 0 && h("p", { class: "fine" }, t("editor", "No layer is called “{question}”.", { question })),
      offers.map((offer, number) => [
        headingOf(offers, number, question),
        h(Row, {
          key: offer.part.kind,
          id: `${id}-${offer.part.kind}`,
          offer,
          active: number === active,
          onChoose: () => choose(offer),
          onPoint: () => number !== active && setChosen(offer.part.kind),
        }),
      ]),
    ),
  );
}

/** The heading in front of an offer: its group, or that nothing from here on fits.
 * @param {Offer[]} offers @param {number} number @param {string} question */
function headingOf(offers, number, question) {
  if (question) return null;
  const { part, reason } = offers[number];
  const before = offers[number - 1];
  const first = Boolean(reason) && !before?.reason;
  if (!first && (reason || before?.part.group === part.group)) return null;
  const words = first ? t("editor", "Do not fit here") : t("editor", GROUPS[part.group] ?? part.group);
  return h("p", { key: `heading ${number}`, class: "palette-group", role: "presentation" }, words);
}

/** @param {{id: string, offer: Offer, active: boolean, onChoose: () => void, onPoint: () => void}} props */
function Row({ id, offer: { part, reason }, active, onChoose, onPoint }) {
  return h(
    "div",
    {
      id,
      class: "palette-offer",
      role: "option",
      "aria-selected": active,
      "aria-disabled": Boolean(reason),
      onClick: onChoose,
      onPointerMove: onPoint,
    },
    h("b", null, part.title),
    h("span", null, reason || part.help.split("\n")[0]),
  );
}
