/** Ready experiments: the list of them, the one that is open, and what it suggests to try. */

import { computed, signal } from "@preact/signals-core";
import { get } from "../api/client.js";
import { edit, experiment, replace } from "./document.js";
import { patched } from "./patch.js";

/** One of several experiments that a preset compares. @typedef {{title: string, edits?: import("../api/client.js").Edit[], experiment?: import("./document.js").Document}} Variant */
/**
 * @typedef {{name: string, title: string, summary: string, question: string, try_this: string, family: string,
 *   variants?: Variant[]}} Preset
 */
/** @typedef {Preset & {experiment: import("./document.js").Document, try_edits: import("../api/client.js").Edit[]}} WholePreset */

export const FIRST = "two-spirals";

/** @type {import("@preact/signals-core").Signal<Preset[]>} */
export const presets = signal([]);
/** The preset that is open. @type {import("@preact/signals-core").Signal<WholePreset | null>} */
export const opened = signal(null);
/** The open preset, as long as the document is about its data: with other data its question has lost its sense. */
export const spoken = computed(() => {
  const preset = opened.value;
  return preset?.experiment.dataset.kind === experiment.value.dataset?.kind ? preset : null;
});

export async function fetchPresets() {
  presets.value = (await get("/api/presets")).presets;
}

/** What is here of presets, in the language of now. */
export async function retellPresets() {
  const now = opened.peek();
  const [told] = await Promise.all([now && get(`/api/presets/${now.name}`), presets.peek().length && fetchPresets()]);
  if (now && opened.peek() === now) opened.value = { ...now, ...told };
}

/** Opens a preset in the place of the document. @param {string} name @param {number} [variant] its number */
export async function openPreset(name, variant) {
  const preset = /** @type {WholePreset} */ (await get(`/api/presets/${encodeURIComponent(name)}`));
  const chosen = variant === undefined ? undefined : preset.variants?.[variant];
  const document = chosen?.experiment ?? patched(preset.experiment, chosen?.edits ?? []);
  opened.value = preset;
  replace(document, chosen ? `${preset.title} · ${chosen.title}` : preset.title);
}

/** Makes the edits that the open preset suggests. */
export function tryIt() {
  const preset = opened.peek();
  if (preset) edit(preset.try_edits);
}
