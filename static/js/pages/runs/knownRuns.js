/** The runs the page knows: fetched page by page, kept fresh, filtered, sorted, changed.
 * One file, though long: all of it changes the same rows. */

import { batch, computed, signal } from "@preact/signals";
import { get, patch, remove } from "../../api/client.js";
import { forgetRun } from "../../editor/tab.js";
import { languageTag, t } from "../../i18n/t.js";
import { ENDS } from "../../live/run.js";
import { note } from "../../ui/live.js";
import { lineNumbersOf, sorted } from "./order.js";

/**
 * A run as the server tells it.
 * @typedef {object} RunRow
 * @property {string} id
 * @property {string} name
 * @property {string} status
 * @property {number | null} position
 * @property {number | null} expected_seconds
 * @property {string | null} [behind]
 * @property {string} owner
 * @property {number} created Unix time, seconds
 * @property {string[]} tags
 * @property {string} note
 * @property {number} step
 * @property {number} epoch
 * @property {Record<string, any>} metrics
 * @property {Summary} summary
 * @property {{run: string, step: number} | null} [parent] the moment of another run that it goes on from
 */

/** @typedef {import("./differences.js").Layer} Layer */
/** @typedef {{dataset: string, layers: Layer[], networks?: Record<string, Layer[]>,
 *   optimizer: {kind?: string, lr?: number}}} Summary dataset: its kind; `networks` where there are several */

/** @typedef {import("./order.js").Order} Order */

const PAGE = 50; // runs fetched at once
const FRESH = 2_000; // milliseconds between two looks at runs that are not over
const UNDO = 8_000; // milliseconds in which a deletion can be taken back
const MOST_COMPARED = 8;

export const filter = signal({ q: "", status: "", tag: "" });
export const order = signal(/** @type {Order} */ ("newest"));
export const rows = signal(/** @type {RunRow[]} */ ([]));
export const selected = signal(/** @type {string[]} */ ([]));
export const state = signal(/** @type {"loading" | "more" | "all" | "failed"} */ ("loading"));
/** @type {Map<string, ReturnType<typeof setTimeout>>} */
const leaving = new Map();
const hidden = signal(/** @type {string[]} */ ([]));
let next = /** @type {string | null} */ (null);
let asked = 0; // grows with each new question, so that a late answer to an old one is left out

/** The runs to show, in order. */
export const shown = computed(() => {
  const gone = new Set(hidden.value);
  return sorted(
    rows.value.filter(({ id }) => !gone.has(id)),
    order.value,
  );
});

let numbered = /** @type {Record<string, number>} */ ({});
/** The number of the line of each chosen run: as long as it is chosen, it keeps its colour. */
export const lineNumbers = computed(() => (numbered = lineNumbersOf(selected.value, numbered)));

/** Every tag of the runs so far; Chinese ones by pinyin. */
export const tags = computed(() => {
  const collator = new Intl.Collator(`${languageTag()}-u-co-pinyin`);
  return [...new Set(rows.value.flatMap((row) => row.tags))].sort(collator.compare);
});

/** Begins the list anew with the present filter. */
export async function reload() {
  next = null;
  const mine = (asked += 1);
  state.value = "loading";
  await fetchPage(mine, true);
}

/** Fetches the next page, if there is one. */
export async function more() {
  if (state.peek() !== "more") return;
  state.value = "loading";
  await fetchPage(asked, false);
}

/** Looks again at the newest runs while one of them is not over. Gives what ends it. */
export function keepFresh() {
  const timer = setInterval(async () => {
    if (document.hidden || !rows.peek().some(({ status }) => !ENDS.includes(status))) return;
    const mine = asked;
    const answer = await get(address(null)).catch(() => null); // the next look tries again
    if (answer && mine === asked) merge(answer.runs);
  }, FRESH);
  return () => clearInterval(timer);
}

/**
 * @param {string} id
 * @param {{name?: string, tags?: string[], note?: string}} change
 */
export async function relabel(id, change) {
  const before = rows.peek();
  rows.value = before.map((row) => (row.id === id ? { ...row, ...change } : row));
  try {
    const { experiment: _, ...row } = await patch(`/api/runs/${id}`, change);
    merge([row]);
  } catch (problem) {
    rows.value = before;
    note(/** @type {Error} */ (problem).message);
  }
}

/** Looks at one run again. @param {string} id */
export async function renew(id) {
  merge([await get(`/api/runs/${id}`)]);
}

/** Deletes a run, after a while in which it can be taken back. @param {RunRow} run */
export function discard(run) {
  batch(() => {
    hidden.value = [...hidden.peek(), run.id];
    selected.value = selected.peek().filter((id) => id !== run.id);
  });
  leaving.set(
    run.id,
    setTimeout(() => void deleteNow(run.id), UNDO),
  );
  note(t("runs", "“{name}” is deleted.", { name: titleOf(run) }), {
    title: t("runs", "Take back"),
    onClick: () => {
      if (!leaving.has(run.id)) return void note(t("runs", "Too late: it is gone."));
      clearTimeout(leaving.get(run.id));
      leaving.delete(run.id);
      show(run.id);
    },
  });
}

/** What is to be deleted is deleted, though the page is left. */
export function deleteOnLeaving() {
  for (const id of leaving.keys()) {
    forgetRun(id);
    void fetch(`/api/runs/${id}`, { method: "DELETE", keepalive: true });
  }
}

/** @param {string} id */
export function toggle(id) {
  const now = selected.peek();
  if (now.includes(id)) selected.value = now.filter((other) => other !== id);
  else if (now.length < MOST_COMPARED) selected.value = [...now, id];
  else note(t("runs", "At most {number} runs are compared at once.", { number: MOST_COMPARED }));
}

/** What a run is called where it has no name. @param {RunRow} run */
export const titleOf = (run) => run.name || t("runs", "Untitled");

/** @param {string} id */
async function deleteNow(id) {
  leaving.delete(id);
  try {
    await remove(`/api/runs/${id}`);
    forgetRun(id);
    rows.value = rows.peek().filter((row) => row.id !== id);
  } catch (problem) {
    note(/** @type {Error} */ (problem).message);
  }
  show(id);
}

/** @param {string} id */
function show(id) {
  hidden.value = hidden.peek().filter((other) => other !== id);
}

/**
 * @param {number} mine
 * @param {boolean} fresh
 */
async function fetchPage(mine, fresh) {
  try {
    const answer = await get(address(next));
    if (mine !== asked) return;
    next = answer.next;
    batch(() => {
      rows.value = fresh ? answer.runs : [...rows.peek(), ...answer.runs];
      state.value = next ? "more" : "all";
    });
  } catch {
    if (mine === asked) state.value = "failed";
  }
}

/** New runs go to the front, known ones are renewed; the rest is not touched. @param {RunRow[]} fresh */
function merge(fresh) {
  const known = new Map(rows.peek().map((row) => [row.id, row]));
  const added = fresh.filter(({ id }) => !known.has(id));
  const news = new Map(fresh.map((row) => [row.id, row]));
  const same = added.length === 0 && fresh.every((row) => JSON.stringify(row) === JSON.stringify(known.get(row.id)));
  if (!same) rows.value = [...added, ...rows.peek().map((row) => news.get(row.id) ?? row)];
}

/** @param {string | null} cursor */
function address(cursor) {
  const { q, status, tag } = filter.peek();
  const query = new URLSearchParams({ limit: String(PAGE) });
  if (q.trim()) query.set("q", q.trim());
  if (status) query.set("status", status);
  if (tag) query.set("tag", tag);
  if (cursor) query.set("cursor", cursor);
  return `/api/runs?${query}`;
}
