/** Makes one choice, and what the rest of the document needs to fit it, as one step of undo. */

import { post } from "../api/client.js";
import { t } from "../i18n/t.js";
import { note } from "../ui/live.js";
import { edit, experiment } from "./document.js";
import { patched } from "./patch.js";

/** @typedef {import("../api/client.js").Edit} Edit */
/** @typedef {{edits: Edit[], also: string[], misfit: string | null, problems: import("../api/client.js").Problem[]}} Settled
 *   `edits` make the document whole; `also`: what of them one should know; `misfit`: why its networks began anew */

/** @type {AbortController | null} */
let asked = null;

/** What makes a document whole; with `begin` its networks are those that the task begins with.
 * @param {Record<string, any>} document @param {{begin?: boolean, signal?: AbortSignal}} [how] @returns {Promise<Settled>} */
export function settled(document, { begin = false, signal } = {}) {
  return post("/api/experiments/settled", { experiment: document, begin }, { signal });
}

/** Where the server cannot be asked, the choice is made alone, and the checker tells what does not fit.
 * @param {Edit[]} edits that make the choice */
export async function choose(edits) {
  asked?.abort();
  const { signal } = (asked = new AbortController());
  const document = experiment.peek();
  const answer = await settled(patched(document, edits), { signal }).catch(() => null);
  if (signal.aborted) return;
  if (experiment.peek() !== document) return choose(edits); // another edit was made meanwhile
  edit([...edits, ...(answer?.edits ?? [])]);
  if (answer?.misfit)
    note(
      t("own", "The network on the page does not take this: {reason} A small one takes its place.", {
        reason: answer.misfit,
      }),
    );
}
