/** What kinds are called: the parts as the server describes them, in the language of the page. */

import { effect } from "@preact/signals";
import { fetchParts } from "../../api/parts.js";
import { language } from "../../i18n/t.js";

/** @typedef {Record<string, import("../../api/parts.js").Part[]>} Parts by family; none until they are here */

/** What stands for families in a document. @type {Record<string, string>} */
export const FAMILIES = {
  dataset: "datasets",
  task: "tasks",
  loss: "losses",
  optimizer: "optimizers",
  schedule: "schedules",
  initializer: "initializers",
  tokenizer: "tokenizers",
  probes: "probes",
};

/** Fetches them in each language that the page comes to speak. @returns {() => void} ends it */
export function keepParts() {
  return effect(() => {
    void language.value;
    fetchParts().catch(() => {}); // the bare kinds are good enough
  });
}

/** The title of a kind. @param {Parts} known @param {string} family @param {string} kind @returns {string} */
export function titleOfKind(known, family, kind) {
  return known[family]?.find((part) => part.kind === kind)?.title ?? kind;
}
