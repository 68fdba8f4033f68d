/** What a comparison needs of the chosen runs beyond the list: their curves, and their documents. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { get } from "../../api/client.js";
import { patched, valueAt } from "../../editor/patch.js";
import { formatNumber } from "../../i18n/numbers.js";
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
 * Documents with the course of each setting that was changed while its run trained, such as "0.01 → 0.003"; null while
 * they are not here.
 * @param {any[] | null} documents
 * @param {(Run | undefined)[]} runs of these documents
 */
export function useCourses(documents, runs) {
  const [, setApplied] = useState(0);
  useEffect(() => {
    const count = () => runs.reduce((sum, run) => sum + (run?.commandsApplied.length ?? 0), 0);
    const stops = runs.map((run) => run?.version.subscribe(() => setApplied(count())));
    return () => stops.forEach((stop) => stop?.());
  }, runs);
  return documents && documents.map((document, number) => withCourses(document, runs[number]?.commandsApplied ?? []));
}

/**
 * @param {any} document
 * @param {import("../../live/columns.js").RunEvent[]} applied commands
 */
export function withCourses(document, applied) {
  const said = (/** @type {unknown} */ value) =>
    typeof value === "number" ? formatNumber(value, 4) : String(value ?? "–");
  return applied.reduce((known, { command }) => {
    if (command?.kind !== "set" || !command.path) return known;
    const [before, after] = [said(valueAt(known, command.path)), said(command.value)];
    if (before === after) return known;
    return patched(known, [{ op: "add", path: command.path, value: `${before} → ${after}` }]);
  }, document);
}
