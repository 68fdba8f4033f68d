/** What own data means for the rest of the document: edits that the server agrees with. */

import { post } from "../api/client.js";
import { fitsTask } from "../editor/choosing.js";
import { patched } from "../editor/patch.js";

/** @typedef {import("../api/client.js").Edit} Edit */
/** @typedef {import("../api/client.js").Problem} Problem */
/** @typedef {Record<string, any>} Document */
/** @typedef {"classification" | "regression"} Task */
/** @typedef {{document: Document, fits: boolean, misfit: string, also: string[], problems: Problem[]}} Plan
 *   `fits`: the network of the document takes this data, else `misfit` says why not and a small one stands in its place;
 *   `also`: what else is changed, in words; `problems`: what nobody but the person can mend */

const LAYERS = "/networks/main/layers";
const ROUNDS = 4; // of mending; each mends what the one before uncovered
const DENSE = [{ kind: "linear", units: 16 }, { kind: "relu" }, { kind: "linear", units: 8 }, { kind: "relu" }];
const CONVOLUTIONAL = [
  { kind: "conv2d", filters: 8, kernel: 3, padding: 1 },
  { kind: "relu" },
  { kind: "max_pool2d", kernel: 2, stride: 2 },
  { kind: "conv2d", filters: 16, kernel: 3, padding: 1 },
  { kind: "relu" },
  { kind: "max_pool2d", kernel: 2, stride: 2 },
  { kind: "flatten" },
];
const FLAT = [{ kind: "flatten" }, ...DENSE];
const LOSSES = { classification: "cross_entropy", regression: "mse" };
const METRICS = { classification: "validation_accuracy", regression: "validation_r2" };

/** A small network for this data, of layers that there are. @param {boolean} pictures @param {string[]} kinds of layers */
export function smallNetwork(pictures, kinds) {
  if (!pictures) return DENSE;
  return CONVOLUTIONAL.every(({ kind }) => kinds.includes(kind)) ? CONVOLUTIONAL : FLAT;
}

/** Whether a network has a layer that slides over a picture. @param {Document} document */
export function slides(document) {
  return JSON.stringify(document.networks ?? {}).includes('"conv');
}

/**
 * The edits that put a dataset in, with the task and the loss that go with its target. Pure.
 * @param {Document} document
 * @param {Document} dataset
 * @param {Task} task
 * @param {import("../editor/parts.js").Part[]} losses
 * @param {Document[] | null} layers in the place of the document's; null keeps those
 * @returns {Edit[]}
 */
export function ownEdits(document, dataset, task, losses, layers) {
  /** @type {Edit[]} */
  const edits = [{ op: "replace", path: "/dataset", value: dataset }];
  if (document.task?.kind !== task) edits.push({ op: "replace", path: "/task", value: { kind: task } });
  const loss = losses.find(({ kind }) => kind === document.loss?.kind);
  if (!loss || !fitsTask(loss, task)) edits.push({ op: "replace", path: "/loss", value: { kind: LOSSES[task] } });
  if (document.training?.target && document.task?.kind !== task)
    edits.push({ op: "replace", path: "/training/target/metric", value: METRICS[task] });
  if (layers) edits.push({ op: "replace", path: LAYERS, value: layers });
  return edits;
}

/**
 * The document with own data in it. Where the server finds a mistake outside the data that one click would mend, it is
 * mended; where the network does not take the data, a small one takes its place.
 * @param {Document} document
 * @param {{dataset: Document, task: Task, losses: import("../editor/parts.js").Part[], layers: Document[], keep: boolean}} wish
 *   `layers`: the small network; `keep`: the document's own network stays if it fits
 * @param {AbortSignal} [signal]
 * @returns {Promise<Plan>}
 */
export async function plan(document, { dataset, task, losses, layers, keep }, signal) {
  const ask = (/** @type {Document} */ one) => post("/api/experiments/check", { experiment: one }, { signal });
  const kept = patched(document, ownEdits(document, dataset, task, losses, null));
  const asItIs = await ask(kept);
  const misfit = asItIs.problems.find(ofNetwork)?.detail ?? "";
  if (keep && !misfit) return { ...(await mended(kept, asItIs.problems, ask)), fits: true, misfit };
  const other = patched(document, ownEdits(document, dataset, task, losses, layers));
  return { ...(await mended(other, (await ask(other)).problems, ask)), fits: !misfit, misfit };
}

/** @param {Document} document @param {Problem[]} problems @param {(document: Document) => Promise<any>} ask */
async function mended(document, problems, ask) {
  const also = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const fix = problems.find((one) => !ofData(one) && one.fixes.length > 0)?.fixes[0];
    if (!fix) break;
    also.push(fix.title);
    document = patched(document, fix.edits);
    problems = (await ask(document)).problems;
  }
  return { document, also, problems };
}

/** @param {Problem} problem */
function ofNetwork({ place }) {
  return place.startsWith("/networks");
}

/** @param {Problem} problem */
function ofData({ place }) {
  return place.startsWith("/dataset");
}
