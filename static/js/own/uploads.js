/** What this seat has brought, what is open of it, and what is on its way.
 * One file, though long: all of it tells the same few signals. */

import { signal } from "@preact/signals-core";
import { get, patch, remove } from "../api/client.js";
import { experiment } from "../editor/document.js";
import { t } from "../i18n/t.js";
import { note } from "../ui/live.js";
import { formFields } from "./reading.js";
import { upload as send } from "./upload.js";
import { formatBytes } from "../i18n/sizeWords.js";

/** @typedef {import("../api/client.js").Problem} Problem */
/**
 * @typedef {object} ColumnRead how a column was read
 * @property {import("./reading.js").ReadType} type
 * @property {import("./reading.js").ReadType[]} types what it may be read as
 * @property {{raw: string, value: string}[]} read some cells as they stand in the file, and what they became
 * @property {{raw: string, count: number}[]} emptied words that count as empty
 * @property {string | null} [format] of numbers
 * @property {string} [unit] that stands beside the numbers
 * @property {string} [order] of day, month and year
 */
/** @typedef {import("../views/ownColumns.js").Column & {distinct: number, examples: string[], low: number | string | null, high: number | string | null, reading?: ColumnRead}} Found
 *   a column as it was read */
/** @typedef {{id: string, kind: "own_table" | "own_pictures" | "own_text", name: string, owner: string, created: number, bytes: number, count: number}} Brief
 *   `created` is Unix time in seconds, `count` rows, pictures or characters */
/**
 * @typedef {object} Details
 * @property {Record<string, any>} dataset ready to be put into an experiment
 * @property {number} runs that were trained with it
 * @property {Problem[]} warnings
 * @property {Found[]} [columns]
 * @property {{name: string, task: string, inputs: string[], warnings: Problem[]}[]} [targets] with columns that tell them
 * @property {string} [encoding]
 * @property {string[]} [encodings] all that fit, the one that was taken first
 * @property {string} [delimiter]
 * @property {boolean} [header] whether the first row holds the names
 * @property {{level: number, names: string[], count: number}[]} [levels] of a zip, the folders that may be the classes
 * @property {number | null} [level] that are
 * @property {{name: string, count: number}[]} [classes]
 * @property {number} [different] characters of a text
 * @property {number} [lines] of a text
 * @property {string} [beginning] of a text
 */
/** @typedef {Brief & Details} Upload */
/** @typedef {import("./reading.js").Said} Said */
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

/** Files of this visit, how they were said to be read, and which upload was made of them first, by upload.
 * @type {Map<string, {file: File, said: Said, first: string}>} */
const files = new Map();
/** Bytes that one file may have; 0 while it is not known. */
let most = 0;

export const fetchUploads = () =>
  tried(async () => {
    const { datasets, limits } = await get("/api/datasets");
    uploads.value = datasets;
    most = limits.upload_bytes;
  });

/** The file that an upload was made of and what was said of it, if it was chosen in this visit. @param {string} id */
export const fileOf = (id) => files.get(id);

/** The same for every upload that one file was read as: its page stays what it is. @param {string} id */
export const firstOf = (id) => files.get(id)?.first ?? id;

/** The file of an upload is at hand again. @param {string} id @param {File} file */
export function chooseAgain(id, file) {
  files.set(id, { file, said: {}, first: id });
  opened.value = opened.value && { ...opened.value };
}

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

const TEXT = /\.(txt|md)$/i; // names of files that are read letter by letter, unless somebody says otherwise

/** Brings what was dropped or chosen: tables, texts and zips as they are, pictures into a new set. @param {File[]} chosen */
export async function bring(chosen) {
  const pictures = chosen.filter((file) => file.type.startsWith("image/"));
  const others = chosen.filter((file) => !pictures.includes(file));
  for (const file of others) await told(() => bringOne(file, TEXT.test(file.name) ? { kind: "own_text" } : {}));
  if (others.length > 0) await fetchUploads();
  else begin(pictures);
}

/** @param {File} file @param {Said} said of it @param {string} [name]
 * @param {(upload: Upload) => void} [meet] is given it before it is shown @param {string} [first] upload made of the file */
async function bringOne(file, said, name = "", meet, first = "") {
  const upload = await post(file, { ...formFields(said), name });
  files.set(upload.id, { file, said, first: first || upload.id });
  meet?.(upload);
  opened.value = upload;
}

/** Reads a file once more, as it is said now, and forgets how it was read before. @param {Upload} before @param {Said} said @param {(upload: Upload) => void} [meet] */
export function postAgain(before, said, meet) {
  const known = files.get(before.id);
  if (!known) return Promise.resolve();
  return told(async () => {
    await bringOne(known.file, said, before.name, meet, known.first);
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
  const before = uploads.peek()?.find((upload) => upload.name === name && upload.kind === "own_table");
  if (before) return fetchOne(before.id);
  return told(async () => {
    const answer = await fetch(EXAMPLE);
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
    const file = new File([await answer.blob()], "passengers.csv", { type: "text/csv" });
    await bringOne(file, {}, name);
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
