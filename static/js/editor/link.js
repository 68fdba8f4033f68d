/** The whole experiment in the part of an address behind #, and apart from it how it is shown. */

import { packed, unpacked } from "./packing.js";

/** @typedef {import("./document.js").Document} Document */
/**
 * How a shared experiment is shown; never touches the run.
 * @typedef {{language?: "en" | "zh", hide?: string[], lock?: string[], level?: string, text?: string}} View
 */
/** `preset` names the ready experiment that it began as, "" for none.
 * @typedef {{experiment: Document, name: string, preset: string, view: View}} Shared */

export const LONGEST = 60_000; // letters; some programs cut longer addresses
const MOST_BYTES = 2_000_000; // of an unpacked experiment

/** What follows the # for an experiment. @param {Shared} shared @returns {Promise<string>} */
export async function hashOf({ experiment, name, preset, view }) {
  const parts = new URLSearchParams({ e: await packed(JSON.stringify({ experiment, name })) });
  if (preset) parts.set("preset", preset);
  for (const [key, value] of Object.entries(view)) {
    if (value?.length) parts.set(key, Array.isArray(value) ? value.join(",") : value);
  }
  return `#${parts}`;
}

/** What an address holds: null where nothing. Rejects where the link is broken. @param {string} hash @returns {Promise<Shared | null>} */
export async function readHash(hash) {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const code = parts.get("e");
  if (code === null) return null;
  const { experiment, name = "" } = JSON.parse(await unpacked(code, MOST_BYTES));
  if (experiment === null || typeof experiment !== "object" || Array.isArray(experiment)) {
    throw new TypeError("Expected an experiment in the address, but found something else.");
  }
  return { experiment, name: String(name).slice(0, 200), preset: parts.get("preset") ?? "", view: viewIn(parts) };
}

/** @param {URLSearchParams} parts @returns {View} */
function viewIn(parts) {
  /** @type {View} */
  const view = {};
  const language = parts.get("language");
  if (language === "en" || language === "zh") view.language = language;
  for (const key of /** @type {const} */ (["hide", "lock"])) {
    const list = parts.get(key)?.split(",").filter(Boolean);
    if (list?.length) view[key] = list;
  }
  for (const key of /** @type {const} */ (["level", "text"])) {
    const value = parts.get(key);
    if (value) view[key] = value;
  }
  return view;
}
