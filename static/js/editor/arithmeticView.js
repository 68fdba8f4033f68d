/** The arithmetic of a layer on its card, with its own numbers and help on each letter; it follows every edit. */

import { h } from "preact";
import { useState } from "preact/hooks";
import { isRow } from "../api/shapes.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Popover } from "../ui/popover.js";
import { learnedOf, sizesOf } from "./arithmetic.js";

/** @typedef {import("./arithmetic.js").Piece} Piece */
/** @typedef {import("./arithmetic.js").Letter} Letter */
/** @typedef {import("../api/parts.js").Part} Part */

/** @param {{layer: Record<string, any> | null, takes: import("../network/cars.js").Shape | null, part?: Part}} props
 * the layer with all its settings */
export function Arithmetic({ layer, takes, part }) {
  const [lit, setLit] = useState("");
  const sizes = layer ? sizesOf(layer, takes) : { lines: [], letters: [] };
  const learned = layer ? learnedOf(layer, takes) : { lines: [], letters: [] };
  if (sizes.lines.length + learned.lines.length === 0) return null;
  const known = new Set(sizes.letters.map((letter) => letter.letter));
  const letters = [...sizes.letters, ...learned.letters.filter((letter) => !known.has(letter.letter))];
  const side = isRow(takes) ? t("editor", "Length") : t("editor", "Side");
  const titles = sizes.lines.length > 1 ? [t("editor", "Height"), t("editor", "Width")] : [side];
  return h(
    "section",
    { class: "arithmetic", "aria-label": t("editor", "How it adds up") },
    sizes.lines.map((line, at) => h(Calculation, { key: titles[at], title: titles[at], ...line, lit, onLit: setLit })),
    learned.lines.map((line) =>
      h(Calculation, { key: "learned", title: t("editor", "Parameters"), ...line, lit, onLit: setLit }),
    ),
    h(
      "p",
      { class: "letters" },
      letters.map((letter) => h(LetterHelp, { key: letter.letter, ...letter, part, lit, onLit: setLit })),
    ),
  );
}

/** @param {{title: string, rule: Piece[], numbers: Piece[], result: number, lit: string,
 *   onLit: (letter: string) => void}} props */
function Calculation({ title, rule, numbers, result, lit, onLit }) {
  const written = (/** @type {Piece[]} */ pieces) =>
    pieces.map(({ text, letter }, at) =>
      letter
        ? h(
            "i",
            {
              key: at,
              class: letter === lit ? "lit" : "",
              onPointerEnter: () => onLit(letter),
              onPointerLeave: () => onLit(""),
            },
            text,
          )
        : text,
    );
  return h(
    "div",
    { class: "calculation" },
    h("span", { class: "fine" }, title),
    h("p", { class: "rule" }, written(rule)),
    h("p", null, "= ", written(numbers), " = ", h("b", { class: result < 1 ? "bad" : "" }, formatNumber(result))),
  );
}

/** @param {Letter & {part?: Part, lit: string, onLit: (letter: string) => void}} props */
function LetterHelp({ letter, value, field, part, lit, onLit }) {
  const schema = field ? part?.schema.properties?.[field] : null;
  const words = {
    n: [t("editor", "What arrives"), t("editor", "Pixels on a side of what arrives, or moments of a series.")],
    in: [t("editor", "Channels that arrive"), t("editor", "Each filter has a window of weights for each of them.")],
  }[letter] ?? [schema?.title ?? letter, schema?.description ?? ""];
  return h(Popover, {
    label: t("editor", "{letter}: {name}", { letter, name: words[0] }),
    class: "help",
    trigger: (attributes) =>
      h(
        "button",
        {
          type: "button",
          class: `letter${lit === letter ? " lit" : ""}`,
          ...attributes,
          "aria-label": `${letter} ${value}: ${words[0]}`,
          onPointerEnter: () => onLit(letter),
          onPointerLeave: () => onLit(""),
        },
        h("i", null, letter),
        ` ${value}`,
      ),
    children: () => [
      h("h3", { key: "title" }, `${letter} = ${value}`),
      h("p", { key: "text" }, h("b", null, words[0]), words[1] && ". ", words[1]),
    ],
  });
}
