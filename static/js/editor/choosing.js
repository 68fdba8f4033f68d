/** What choosing another part means for the rest of the document: lists of edits. Pure. */

/** @typedef {import("../api/client.js").Edit} Edit */
/** @typedef {import("../api/parts.js").Part} Part */

const KEPT = ["validation", "test", "standardize", "seed", "samples", "noise", "features", "formulas"];
/** What a person's own points begin with: a small xor to draw on, large enough for a usual batch. */
const FIRST_POINTS = [1.5, 2.5, 3.5].flatMap((near) =>
  [near - 0.4, near + 0.4].flatMap((far) => [
    [-near, -far, 0],
    [near, far, 0],
    [-near, far, 1],
    [near, -far, 1],
  ]),
);

/**
 * Another dataset, with the settings both have.
 * @param {Record<string, any>} document
 * @param {Part} part the dataset
 * @returns {Edit[]}
 */
export function datasetEdits(document, part) {
  const known = part.schema.properties ?? {};
  const before = document.dataset ?? {};
  const kept = Object.fromEntries(KEPT.filter((key) => key in known && key in before).map((key) => [key, before[key]]));
  const own = part.kind === "points" ? { points: FIRST_POINTS } : {};
  return [{ op: "replace", path: "/dataset", value: { kind: part.kind, ...kept, ...own } }];
}

/** Which of these settings mean the same in two parts: a learning rate does not where one has its own scale.
 * @param {string[]} settings @param {(Part & {own_rate?: boolean}) | undefined} before
 * @param {Part & {own_rate?: boolean}} part */
export function carried(settings, before, part) {
  return before?.own_rate || part.own_rate ? settings.filter((name) => name !== "lr") : settings;
}

/**
 * Another part of a family in a place, with the settings both have.
 * @param {string} place
 * @param {Record<string, any> | undefined} before
 * @param {Part} part
 * @param {string[]} kept
 * @returns {Edit[]}
 */
export function partEdits(place, before, part, kept) {
  const known = part.schema.properties ?? {};
  const shared = Object.fromEntries(
    kept.filter((key) => key in known && before?.[key] !== undefined).map((key) => [key, before?.[key]]),
  );
  return [{ op: "replace", path: place, value: { kind: part.kind, ...shared } }];
}
