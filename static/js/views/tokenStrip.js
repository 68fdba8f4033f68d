/** Tokens as chips, one behind another, with their numbers beside the pointer; blanks and line breaks can be seen. */

import { h } from "preact";
import { isTokens } from "../api/shapes.js";
import { t } from "../i18n/t.js";

/** @typedef {import("./points.js").Preview} Preview */

const SHOWN = /** @type {Record<string, string>} */ ({ " ": "·", "\n": "↵", "\t": "→" });

/** Whether the samples are tokens. @param {Preview | null | undefined} preview */
export const hasTokens = (preview) => isTokens(preview?.shape);

/** How a token is written where it stands alone. @param {string[]} vocabulary @param {number} number */
export const tokenName = (vocabulary, number) => SHOWN[vocabulary[number]] ?? vocabulary[number] ?? String(number);

/** What fills up is left out. `colours` are CSS colours behind the tokens, `titles` what is told beside the pointer.
 * @param {{tokens: ArrayLike<number>, preview: Preview, colours?: string[], titles?: string[]}} props */
export function TokenStrip({ tokens, preview, colours, titles }) {
  const vocabulary = preview.vocabulary ?? [];
  const letters = vocabulary.every((token) => [...token].length <= 1);
  return h(
    "span",
    { class: `token-strip${letters ? " letters" : ""}` },
    Array.from(tokens, (number, at) =>
      vocabulary[number] === ""
        ? null
        : h(
            "span",
            {
              key: at,
              class: "token",
              style: colours ? { background: colours[at] } : undefined,
              title: titles?.[at] ?? t("views", "Token number {number}", { number: String(number) }),
            },
            tokenName(vocabulary, number),
          ),
    ),
  );
}
