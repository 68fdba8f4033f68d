/** Tokens as chips, one behind another, with their numbers beside the pointer; blanks and line breaks can be seen. */

import { h } from "preact";
import { isTokens } from "../api/shapes.js";
import { t } from "../i18n/t.js";
import { placeAt, pointAway } from "./placeAt.js";

/** @typedef {import("./points.js").Preview} Preview */

const SHOWN = /** @type {Record<string, string>} */ ({ " ": "·", "\n": "↵", "\t": "→" });

/** Whether the samples are tokens. @param {Preview | null | undefined} preview */
export const hasTokens = (preview) => isTokens(preview?.shape);

/** How a token is written where it stands alone. @param {string[]} vocabulary @param {number} number */
export const tokenName = (vocabulary, number) =>
  vocabulary[number]?.replace(/[ \n\t]/g, (blank) => SHOWN[blank]) ?? String(number);

/** What fills up is left out. `colours` are CSS colours behind the tokens, `titles` what is told beside the pointer.
 * With `pointing`, the tokens under the cursor of all strips and maps are marked, and move it.
 * @param {{tokens: ArrayLike<number>, preview: Preview, colours?: string[], titles?: string[], pointing?: boolean}} props */
export function TokenStrip({ tokens, preview, colours, titles, pointing = false }) {
  const cursor = pointing ? placeAt.value : null;
  const vocabulary = preview.vocabulary ?? [];
  const letters = vocabulary.every((token) => [...token].length <= 1);
  return h(
    "span",
    { class: `token-strip${letters ? " letters" : ""}`, onPointerLeave: pointing ? pointAway : undefined },
    Array.from(tokens, (number, at) =>
      vocabulary[number] === ""
        ? null
        : h(
            "span",
            {
              key: at,
              class: cursor === at ? "token under-cursor" : "token",
              onPointerEnter: pointing ? () => (placeAt.value = at) : undefined,
              style: colours ? { background: colours[at] } : undefined,
              title: titles?.[at] ?? t("views", "Token number {number}", { number: String(number) }),
            },
            tokenName(vocabulary, number),
          ),
    ),
  );
}
