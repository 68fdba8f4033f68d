/** What a link hides or locks, for a class that is to look at one thing: names of panels, and places in the document. */

import { signal } from "@preact/signals-core";

/** Panels and tools: `data`, `network`, `training`, `output`, `curves`, `experiments`, `runs`, `share`; fields by their
 * place, as `/optimizer/lr` or `/training`. */
export const hidden = signal(/** @type {string[]} */ ([]));
/** Panels (`data`, `network`, `training`) and fields that can be read, but not changed. */
export const locked = signal(/** @type {string[]} */ ([]));

const PANELS = /** @type {Record<string, string[]>} */ ({
  data: ["/dataset"],
  network: ["/networks", "/seed"],
  training: ["/optimizer", "/training", "/schedule", "/loss"],
});

/** @param {string} name of a panel, or a place */
export function isHidden(name) {
  return covers(hidden.value, name);
}

/** @param {string} name of a panel, or a place */
export function isLocked(name) {
  return covers(
    locked.value.flatMap((panel) => [panel, ...(PANELS[panel] ?? [])]),
    name,
  );
}

/** @param {string[]} names @param {string} name */
function covers(names, name) {
  return names.some((outer) => name === outer || name.startsWith(`${outer}/`));
}
