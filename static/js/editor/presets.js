/** Ready experiments: the list of them, the one that is open, and what it suggests to try. */

import { computed, signal } from "@preact/signals-core";
import { get } from "../api/client.js";
import { edit, experiment, name, replace } from "./document.js";
import { patched, valueAt } from "./patch.js";

/** One of several experiments that a preset compares. @typedef {{title: string, edits?: import("../api/client.js").Edit[], experiment?: import("./document.js").Document, started?: boolean}} Variant */
/** The preset before or after another, which network of the later one may start from which of the earlier, and the paths of settings that both share. @typedef {{preset: string, title: string, networks: Record<string, string>, shared: string[]}} Stage */
/**
 * `networks` are the kinds of the outer layers of each network.
 * @typedef {{name: string, title: string, summary: string, question: string, try_this: string, family: string,
 *   dataset: string, networks: Record<string, string[]>, variants?: Variant[], after?: Stage | null, next?: Stage | null}} Preset
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
  if (!now || opened.peek() !== now) return;
  if (name.peek() === now.title) name.value = told.title;
  opened.value = { ...now, ...told };
}

/** Opens a preset in the place of the document; for a variant that starts from what the stage before has learned, that
 * stage. @param {string} name @param {number} [variant] its number
 * @returns {Promise<void>} */
export async function openPreset(name, variant) {
  const preset = /** @type {WholePreset} */ (await get(`/api/presets/${encodeURIComponent(name)}`));
  const chosen = variant === undefined ? undefined : preset.variants?.[variant];
  const document = chosen?.experiment ?? patched(preset.experiment, chosen?.edits ?? []);
  if (chosen?.started && preset.after) {
    await openPreset(preset.after.preset);
    return edit(sharing(preset.after, document));
  }
  opened.value = preset;
  replace(document, chosen ? `${preset.title} · ${chosen.title}` : preset.title);
}

/** Edits that give another stage the settings that it shares with a document. @param {Stage} stage
 * @param {import("./document.js").Document} document @returns {import("../api/client.js").Edit[]} */
export function sharing({ shared }, document) {
  const values = shared.map((path) => ({ op: /** @type {"add"} */ ("add"), path, value: valueAt(document, path) }));
  return values.filter(({ value }) => value !== undefined);
}

/** Says again which ready experiment the document on the page began as; only its question is missing where it cannot.
 * @param {string | null | undefined} name */
export async function reopenPreset(name) {
  const found = name && (await get(`/api/presets/${encodeURIComponent(name)}`).catch(() => null));
  if (found) opened.value = found;
}

/** Makes the edits that the open preset suggests. */
export function tryIt() {
  const preset = opened.peek();
  if (preset) edit(preset.try_edits);
}
