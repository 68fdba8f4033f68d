/** What own data means for the rest of the document: edits that the server says. */

import { patched } from "../editor/patch.js";
import { settled } from "../editor/settling.js";

/** @typedef {import("../api/client.js").Edit} Edit */
/** @typedef {import("../api/client.js").Problem} Problem */
/** @typedef {Record<string, any>} Document */
/** @typedef {"classification" | "regression" | "language_model" | "forecasting"} Task */
/** @typedef {{document: Document, fits: boolean, misfit: string, also: string[], problems: Problem[]}} Plan
 *   `fits`: the network of the document takes this data, else `misfit` says why not and a small one stands in its place;
 *   `also`: what else is changed, in words; `problems`: what nobody but the person can mend */

/** Whether a network has a layer that slides over a picture. @param {Document} document */
export function slides(document) {
  return JSON.stringify(document.networks ?? {}).includes('"conv');
}

/**
 * The document with own data in it. Where the server finds a mistake outside the data that one click would mend, it is
 * mended; where the network does not take the data, a small one takes its place.
 * @param {Document} document
 * @param {{dataset: Document, task: Task, keep: boolean}} wish `keep`: the document's own network stays if it fits
 * @param {AbortSignal} [signal]
 * @returns {Promise<Plan>}
 */
export async function plan(document, { dataset, task, keep }, signal) {
  /** @type {Edit[]} */
  const edits = [{ op: "replace", path: "/dataset", value: dataset }];
  if (document.task?.kind !== task) edits.push({ op: "replace", path: "/task", value: { kind: task } });
  const whole = patched(document, edits);
  const { edits: more, also, misfit, problems } = await settled(whole, { begin: !keep, signal });
  return { document: patched(whole, more), fits: !misfit, misfit: misfit ?? "", also, problems };
}
