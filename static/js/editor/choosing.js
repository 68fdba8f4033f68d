/** What choosing another part means for the document: lists of edits. Pure. */

/** @typedef {import("../api/client.js").Edit} Edit */
/** @typedef {import("../api/parts.js").Part} Part */

/**
 * Another part of a family in a place, with the settings that both carry.
 * @param {string} place
 * @param {Record<string, any> | undefined} value what stands there
 * @param {Part | undefined} before its part
 * @param {Part} part
 * @returns {Edit[]}
 */
export function partEdits(place, value, before, part) {
  const shared = part.carried.filter((name) => before?.carried.includes(name) && value?.[name] !== undefined);
  const kept = Object.fromEntries(shared.map((name) => [name, value?.[name]]));
  return [{ op: "replace", path: place, value: { kind: part.kind, ...kept, ...part.start } }];
}
