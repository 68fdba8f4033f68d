/** What this seat has brought, what is open of it, and what is on its way. */

import { signal } from "@preact/signals-core";
import { get, patch, remove } from "../api/client.js";
import { experiment } from "../editor/document.js";
import { t } from "../i18n/t.js";
import { note } from "../ui/live.js";
import { upload as send } from "./upload.js";
import { formatBytes } from "./words.js";

/** @typedef {import("../api/client.js").Problem} Problem */
/** @typedef {import("./columns.js").Column & {distinct: number, examples: string[], low: number | string | null, high: number | string | null}} Found
 *   a column as it was read */
/** @typedef {{id: string, kind: "own_table" | "own_pictures", name: string, owner: string, created: number, bytes: number, count: number}} Brief
 *   `created` is Unix time in seconds, `count` rows or pictures */
/**
 * @typedef {object} Details
 * @property {Record<string, any>} dataset ready to be put into an experiment
 * @property {number} runs that were trained with it
 * @property {Problem[]} warnings
 * @property {Found[]} [columns]
 * @property {{name: string, task: string, inputs: string[], warnings: Problem[]}[]} [targets] with columns that tell them
 * @property {string} [encoding]
 * @property {string} [delimiter]
 * @property {{name: string, count: number}[]} [classes]
 */
/** @typedef {Brief & Details} Upload */
/** @typedef {{name: string, sent: number, whole: number, stop: () => void}} Sending bytes */

export const EXAMPLE = "/api/datasets/example.csv";

/** @type {import("@preact/signals-core").Signal<Brief[] | null>} */
export const uploads = signal(null);
/** What is looked at; null at the list. @type {import("@preact/signals-core").Signal<Upload | null>} */
export const opened = signal(null);
/** @type {import("@preact/signals-core").Signal<Sending | null>} */
export const sending = signal(null);
/** What did not work, in words. */
export const trouble = signal("");
/** Pictures that were dropped before it was said which class they belong to. @type {import("@preact/signals-core").Signal<File[]>} */
export const waiting = signal([]);

/** Files of this visit, by upload. @type {Map<string, File>} */
const files = new Map();
/** Bytes that one file may have; 0 while it is not known. */
let most = 0;

export const fetchUploads = () =>
  tried(async () => {
    const { datasets, limits } = await get("/api/datasets");
    uploads.value = datasets;
    most = limits.upload_bytes;
  });

/** The file that an upload was made of, if it was chosen in this visit. @param {string} id */
export const fileOf = (id) => files.get(id);

/** Opens one. @param {string} id */
export const fetchOne = (id) =>
  told(async () => void (opened.value = await get(`/api/datasets/${encodeURIComponent(id)}`)));

/** How many runs were trained with it. @param {string} id @returns {Promise<number>} */
export const runsOf = async (id) => (await get(`/api/datasets/${encodeURIComponent(id)}`)).runs;

/** @param {string} id @param {string} name */
export function rename(id, name) {
  return told(async () => {
    await patch(`/api/datasets/${encodeURIComponent(id)}`, { name });
    await fetchUploads();
  });
}

/** @param {string} id */
export function removeUpload(id) {
  return told(async () => {
    await remove(`/api/datasets/${encodeURIComponent(id)}`);
    note(t("own", "It is deleted."));
    await fetchUploads();
  });
}

/** Brings what was dropped or chosen: tables and zips as they are, pictures into a new set. @param {File[]} chosen */
export async function bring(chosen) {
  const pictures = chosen.filter((file) => file.type.startsWith("image/"));
  const others = chosen.filter((file) => !pictures.includes(file));
  for (const file of others) await told(() => bringOne(file, {}));
  if (others.length > 0) await fetchUploads();
  else begin(pictures);
}

/** @param {File} file @param {Record<string, string>} said of it */
async function bringOne(file, said) {
  const upload = await post(file, said);
  files.set(upload.id, file);
  opened.value = upload;
}

/** Reads a table once more, and forgets how it was read before. @param {Upload} before @param {Record<string, string>} said of it */
export function postAgain(before, said) {
  const file = files.get(before.id);
  if (!file) return Promise.resolve();
  return told(async () => {
    await bringOne(file, { ...said, name: before.name });
    const needed = experiment.peek().dataset?.upload === before.id || (await runsOf(before.id)) > 0;
    if (!needed) await remove(`/api/datasets/${encodeURIComponent(before.id)}`);
    await fetchUploads();
  });
}

/** Begins a set of pictures of one's own making. @param {File[]} [pictures] that are to be put into its classes */
export function begin(pictures = []) {
  trouble.value = "";
  waiting.value = pictures;
  opened.value = {
    ...{
      id: "",
      kind: "own_pictures",
      name: t("own", "My pictures"),
      owner: "",
      created: 0,
      bytes: 0,
      count: 0,
      runs: 0,
    },
    ...{ dataset: { kind: "own_pictures", upload: "", classes: [] }, classes: [], warnings: [] },
  };
}

/** Brings the example table, as if it were one's own. */
export function bringExample() {
  const name = t("own", "Passengers (example)");
  const before = uploads.peek()?.find((one) => one.name === name && one.kind === "own_table");
  if (before) return fetchOne(before.id);
  return told(async () => {
    const answer = await fetch(EXAMPLE);
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
    const file = new File([await answer.blob()], "passengers.csv", { type: "text/csv" });
    await bringOne(file, { name });
    await fetchUploads();
  });
}

/** Sends one file; its progress can be seen and stopped. @param {File} file @param {Record<string, string>} said of it @returns {Promise<Upload>} */
export async function post(file, said) {
  if (most > 0 && file.size > most)
    throw new Error(
      t("own", "“{name}” has {size}; a file may have {most}. Send a part of it, or smaller pictures.", {
        name: file.name,
        size: formatBytes(file.size),
        most: formatBytes(most),
      }),
    );
  const stopped = new AbortController();
  const form = new FormData();
  for (const [name, value] of Object.entries(said)) form.append(name, value);
  form.append("file", file, file.name.normalize("NFC"));
  const stop = () => stopped.abort();
  sending.value = { name: file.name, sent: 0, whole: file.size, stop };
  try {
    const onProgress = (/** @type {import("./upload.js").Progress} */ progress) =>
      (sending.value = { name: file.name, sent: progress.sent, whole: progress.whole || file.size, stop });
    return await send("/api/datasets", form, { onProgress, signal: stopped.signal });
  } finally {
    sending.value = null;
  }
}

/** Does what a person asked for; what did not work before is forgotten. @param {() => Promise<void>} act */
function told(act) {
  trouble.value = "";
  return tried(act);
}

/** Does something; what does not work stands in `trouble`. @param {() => Promise<void>} act */
async function tried(act) {
  try {
    await act();
  } catch (problem) {
    if (!(problem instanceof DOMException && problem.name === "AbortError"))
      trouble.value = /** @type {Error} */ (problem).message;
  }
}
