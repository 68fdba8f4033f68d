/** What many networks together have said, kept in this browser until the person removes it. */

import { signal } from "@preact/signals-core";
import { h } from "preact";
import { useEffect } from "preact/hooks";
import { formatWhen } from "../i18n/sizeWords.js";
import { t } from "../i18n/t.js";
import { Button, IconButton } from "../ui/controls.js";
import { note } from "../ui/live.js";

/** `asked` is the question, with the whole experiment, `name` what that was called, `saved` Unix time in seconds.
 * @typedef {{id?: number, path: string, name: string, saved: number, asked: any, begun: any,
 *   results: import("../live/many.js").Found[]}} Kept */

const STORE = "networks";
const all = signal(/** @type {Kept[]} */ ([]));

/** @param {Kept} kept */
export async function keep(kept) {
  await inStore("readwrite", (store) => store.add(kept));
  await readAll();
}

/** Those of one window, the newest first. @param {{path: string, onOpen: (kept: Kept) => void}} props */
export function KeptList({ path, onOpen }) {
  useEffect(() => void readAll(), []);
  const list = all.value.filter((kept) => kept.path === path).reverse();
  if (list.length === 0) return null;
  return h(
    "section",
    { class: "many-kept" },
    h("h3", null, t("page", "Kept in this browser")),
    h(
      "ul",
      null,
      list.map((kept) => {
        const title = t("page", "{name}, {count} networks, {when}", {
          name: kept.name || t("page", "Experiment"),
          count: kept.results.length,
          when: formatWhen(kept.saved),
        });
        return h(
          "li",
          { key: kept.id },
          h(Button, { look: "quiet", onClick: () => onOpen(kept) }, title),
          h(IconButton, {
            icon: "trash",
            look: "quiet",
            label: t("page", "Remove {name}", { name: title }),
            onClick: () => void remove(kept),
          }),
        );
      }),
    ),
  );
}

/** @param {Kept} kept */
async function remove({ id }) {
  await inStore("readwrite", (store) => store.delete(/** @type {number} */ (id)));
  await readAll();
}

async function readAll() {
  all.value = (await inStore("readonly", (store) => store.getAll())) ?? [];
}

/** Does one thing in the browser's store; where that does not take it, the person is told.
 * @template T @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} act
 * @returns {Promise<T | undefined>} */
async function inStore(mode, act) {
  try {
    const opening = indexedDB.open("trainyard", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "id", autoIncrement: true });
    const database = await done(opening);
    const found = await done(act(database.transaction(STORE, mode).objectStore(STORE)));
    database.close();
    return found;
  } catch {
    if (mode === "readwrite") note(t("page", "This browser keeps nothing here: its storage is full or switched off."));
    return undefined;
  }
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
