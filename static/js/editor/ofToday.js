/** Documents of older versions that come from links and tabs, as this page shows them. Pure. */

/** The same experiment, saying itself what older versions took for granted: PyTorch trained all (`app/experiment/upgrades.py`).
 * @param {Record<string, any>} document @returns {Record<string, any>} */
export function ofToday(document) {
  if (document.version !== 1 && document.version !== 2) return document;
  return { ...document, version: 3, training: { stepper: "eager", ...document.training } };
}
