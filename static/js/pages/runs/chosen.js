/** What a comparison needs of the chosen runs beyond the list: their curves, and their documents. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { get } from "../../api/client.js";
import { patched, valueAt } from "../../editor/patch.js";
import { openRun } from "../../live/run.js";

/** @typedef {import("../../live/run.js").Run} Run */

/**
 * Follows the chosen runs, those that still train too.
 * @param {string[]} ids
 * @returns {Map<string, Run>}
 */
export function useRuns(ids) {
  const open = useRef(/** @type {Map<string, Run>} */ (new Map()));
  for (const id of ids) if (!open.current.has(id)) open.current.set(id, openRun(id));
  for (const [id, run] of open.current) {
    if (ids.includes(id)) continue;
    run.close();
    open.current.delete(id);
  }
  useEffect(() => () => open.current.forEach((run) => run.close()), []);
  return open.current;
}

/**
 * The documents of the chosen runs in their order, which the list does not hold; null until all are here. A document
 * never changes, so each is asked for once.
 * @param {string[]} ids
 */
export function useDocuments(ids) {
  const known = useSignal(/** @type {Record<string, any>} */ ({}));
  useEffect(() => {
    for (const id of ids) {
      if (id in known.peek()) continue;
      get(`/api/runs/${id}`).then(
        ({ experiment }) => (known.value = { ...known.peek(), [id]: experiment }),
        () => {}, // deleted meanwhile, or the next choice asks again
      );
    }
  }, [ids.join()]);
  return ids.every((id) => id in known.value) ? ids.map((id) => known.value[id]) : null;
}

/**
 * Documents with the changes that were made while their runs trained, see `withChanges`; null while they are not here.
 * @param {any[] | null} documents
 * @param {(Run | undefined)[]} runs of these documents
 */
export function useChanges(documents, runs) {
  const [, setApplied] = useState(0); // only to draw anew
  useEffect(() => {
    const count = () => runs.reduce((sum, run) => sum + (run?.commandsApplied.length ?? 0), 0);
    const stops = runs.map((run) => run?.version.subscribe(() => setApplied(count())));
    return () => stops.forEach((stop) => stop?.());
  }, runs);
  return documents && documents.map((document, number) => withChanges(document, runs[number]?.commandsApplied ?? []));
}

/**
 * A document in which each setting that was changed has all its values, `{changed: [0.01, 0.003]}`.
 * @param {any} document
 * @param {import("../../live/columns.js").RunEvent[]} applied commands
 */
export function withChanges(document, applied) {
  return applied.reduce((known, { command }) => {
    if (command?.kind !== "set" || !command.path) return known;
    const before = valueAt(known, command.path);
    const values = before?.changed ?? [before ?? null];
    if (values.at(-1) === command.value) return known;
    return patched(known, [{ op: "add", path: command.path, value: { changed: [...values, command.value] } }]);
  }, document);
}
