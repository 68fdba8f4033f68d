/** Puts pictures into classes, one after the other, and remembers the newest to show them. */

import { signal } from "@preact/signals-core";
import { t } from "../i18n/t.js";
import { fetchUploads, opened, post, trouble } from "./uploads.js";

/** How many pictures are still to be sent. */
export const ahead = signal(0);
/** The newest pictures of each class, as addresses of what stands in this browser; `at` is their number in the class.
 * @type {import("@preact/signals-core").Signal<Record<string, {address: string, at: number}[]>>} */
export const newest = signal({});

const MOST_SHOWN = 24; // of each class
let stopped = false;
/** @type {Promise<void>} */
let last = Promise.resolve();

/** Sends pictures into a class, behind those that are on their way. @param {File[]} files @param {string} label */
export function addPictures(files, label) {
  stopped = false;
  ahead.value += files.length;
  last = last.then(async () => {
    for (const file of files) {
      if (!stopped) await addOne(file, label);
      ahead.value = Math.max(0, ahead.peek() - 1);
    }
  });
  return last;
}

/** Gives up what has not been sent yet. */
export function stopAdding() {
  stopped = true;
  ahead.value = 0;
}

/** Forgets the pictures of this browser. */
export function forgetNewest() {
  for (const { address } of Object.values(newest.peek()).flat()) URL.revokeObjectURL(address);
  newest.value = {};
}

/** @param {File} file @param {string} label */
async function addOne(file, label) {
  const set = opened.peek();
  if (!set) return;
  try {
    /** @type {Record<string, string>} */
    const said = set.id ? { class: label, into: set.id } : { class: label, kind: "own_pictures", name: set.name };
    const answer = await post(file, said);
    opened.value = answer;
    if (!set.id) await fetchUploads();
    show(file, label, answer.classes?.find(({ name }) => name === label)?.count ?? 0);
  } catch (problem) {
    const reason = /** @type {Error} */ (problem).message;
    trouble.value = t("own", "{name}: {reason}", { name: file.name, reason });
    if (/** @type {any} */ (problem).status === 429) stopAdding(); // more of them would be refused too
  }
}

/** @param {File} file @param {string} label @param {number} at */
function show(file, label, at) {
  const list = [...(newest.peek()[label] ?? []), { address: URL.createObjectURL(file), at }];
  for (const { address } of list.slice(0, -MOST_SHOWN)) URL.revokeObjectURL(address);
  newest.value = { ...newest.peek(), [label]: list.slice(-MOST_SHOWN) };
}
