/** What this tab keeps while a person visits another page of it: the document as it stands, and the run it began. */

/**
 * @typedef {object} Kept
 * @property {string} address of the page when it was left
 * @property {any} document
 * @property {string} name
 * @property {string | null} preset the ready experiment that was open
 * @property {string | null} shown the run on the page
 * @property {string | null} begun the last run that was begun in this tab
 * @property {boolean} unsaved whether the document was in no run and in no ready experiment
 */

const PLACE = "trainyard.tab";

/** @returns {Kept | null} */
export function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
  } catch {
    return null; // a browser that keeps nothing
  }
}

/** The run is deleted: the playground need not look for it. @param {string} id */
export function forgetRun(id) {
  const before = kept();
  if (before?.shown === id) sessionStorage.setItem(PLACE, JSON.stringify({ ...before, address: "", shown: null }));
}

/** Keeps what `now` gives, whenever the page is left. @param {() => Kept | null} now */
export function keepOnLeaving(now) {
  addEventListener("pagehide", () => {
    const state = now();
    try {
      if (state) sessionStorage.setItem(PLACE, JSON.stringify(state));
    } catch {
      sessionStorage.removeItem(PLACE); // too large, and what stands there is older
    }
  });
}
