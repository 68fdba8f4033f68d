/** The words of a text that is asked about: press one to hide it, and read what the network would put there. */

import { h } from "preact";
import { useState } from "preact/hooks";
import { formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";
import { ProblemList } from "../ui/field.js";

/** @typedef {import("./points.js").Preview} Preview */
/** What is told of a blank. @typedef {{place: number, word?: string, next: {token: string, share: number}[]}} Blank */

const BLANK = "_"; // stands for a word in what is typed
const TOLD = 3; // words that are told of a blank
const VALIDATION = 1;

/** @param {{text: string, hidden: number[], blanks: Blank[], preview: Preview, problems: any[], setText: (text: string) => void,
 *   set: (hidden: number[]) => void}} props `blanks` are what is known of this text */
export function HiddenWords({ text, hidden, blanks, preview, problems, setText, set }) {
  const [turn, setTurn] = useState(0);
  const words = text.split(/\s+/).filter(Boolean);
  const another = () => {
    setText(textOf(preview, turn));
    setTurn(turn + 1);
  };
  return h(
    "div",
    { class: "hidden-words" },
    words.length > 0 &&
      h(
        "p",
        { class: "words", role: "group", "aria-label": t("views", "Press a word to hide it") },
        words.map((word, place) => {
          const pressed = hidden.includes(place);
          const blank = blanks.find((candidate) => candidate.place === place);
          const likely = blank && h(Likely, { blank });
          if (word === BLANK) return h("span", { key: place, class: "fill" }, likely ?? "▢");
          return h(
            Button,
            {
              key: place,
              pressed,
              class: pressed ? "fill" : "",
              title: pressed ? t("views", "Show “{word}” again", { word }) : t("views", "Hide “{word}”", { word }),
              onClick: () => set(pressed ? hidden.filter((other) => other !== place) : [...hidden, place]),
            },
            pressed ? (likely ?? "▢") : word,
          );
        }),
      ),
    h(
      "p",
      { class: "ask-do" },
      h(Button, { look: "quiet", onClick: another }, words.length > 0 ? t("views", "Another text") : t("views", "A text of the data")), // prettier-ignore
      words.length > 0 &&
        h("span", { class: "quiet" }, t("views", "Press a word to hide it. A tick: it is what stood there.")),
    ),
    h(ProblemList, { problems }),
  );
}

/** The likeliest words of a blank. @param {{blank: Blank}} props */
function Likely({ blank: { word, next } }) {
  return next
    .slice(0, TOLD)
    .map(({ token, share }, rank) =>
      h(rank ? "small" : "b", { key: rank }, `${token}${token === word ? " ✓" : ""} ${formatPercent(share)}`),
    );
}

/** A text of the validation set, or of all where none is shown; of words, parted by blanks.
 * @param {Preview} preview @param {number} turn which one, counted round */
export function textOf({ raw, split, vocabulary = [] }, turn) {
  const held = raw.filter((_, at) => split[at] === VALIDATION);
  const rows = held.length > 0 ? held : raw;
  const tokens = rows[turn % Math.max(rows.length, 1)] ?? [];
  return tokens.map((token) => vocabulary[token]).filter(Boolean).join(" "); // prettier-ignore
}
