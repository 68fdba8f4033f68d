/** All the parts there are, as the server describes them in the person's language. */

import { signal } from "@preact/signals-core";
import { get } from "../api/client.js";
import { language } from "../i18n/t.js";

/** @typedef {{kind: string, title: string, help: string, group: string, formula: string, also: string[], search?: string[] | string, schema: import("../ui/schema.js").Schema,
 *   tasks?: string[], takes?: string, takes_words?: string, target?: string}} Part `target` of datasets: classes, features, mask */
/** @typedef {"layers" | "datasets" | "losses" | "optimizers" | "schedules" | "initializers" | "tasks" | "probes"} Family */

/** @type {import("@preact/signals-core").Signal<Record<string, Part[]>>} */
export const families = signal({});
/** The forms of what is no part: `training`, `network`.
 * @type {import("@preact/signals-core").Signal<Record<string, import("../ui/schema.js").Schema>>} */
export const forms = signal({});

export async function fetchParts() {
  const answer = await get(`/api/parts?language=${language.peek()}`);
  families.value = answer.families;
  forms.value = answer.forms;
}

/** @param {Family} family @param {string | undefined} kind @returns {Part | undefined} */
export function partOf(family, kind) {
  return families.value[family]?.find((part) => part.kind === kind);
}
