/** All the parts there are, and the metrics, as the server describes them in the person's language. */

import { batch, signal } from "@preact/signals-core";
import { language } from "../i18n/t.js";
import { resolved } from "../ui/schema.js";
import { get } from "./client.js";

/** @typedef {{kind: string, title: string, help: string, group: string, formula: string, search?: string[] | string, carried: string[], schema: import("../ui/schema.js").Schema,
 *   losses?: string[], guides?: Record<string, number>, caution?: string, needs?: string[], takes?: string, takes_words?: string, target?: string, metrics?: string[], score?: string, shown?: string[],
 *   titles?: Record<string, string>, feeds?: Record<string, string>, tells?: Record<string, string>, moves?: Record<string, string[]>, predicts?: boolean, continues?: boolean, examined?: boolean, bar?: string[], elementwise?: boolean, rides?: boolean, pads?: boolean, followed_by?: string, normalises?: boolean, supplied_by?: string, by_column?: boolean, apart?: string[], start?: Record<string, any>}} Part
 *   `carried`: settings that stay where another part is chosen that carries them too;
 *   `target` of datasets: classes, features, mask; `metrics`, `score` and `shown` of tasks: names of metrics; `titles` of its
 *   networks by name; `feeds`: whose answer a network reads, where that is not the data; `tells`: whose it reads besides;
 *   `moves`: the networks that each loss moves, in the order of a step, where that is not all of them; `bar`: places of the settings that
 *   are always in sight; `continues`: each target is the token that comes next; `examined`: whether drawn pictures are; `elementwise` of activations: each number is bent by itself; `rides` of layers that are drawn together with the one before;
 *   `pads` of datasets whose samples are of different lengths;
 *   `followed_by`: the activation that a layer gets in a network without any, "" where it wants none; `normalises`: an activation comes behind it;
 *   `by_column` of datasets whose samples are rows of a person's own columns;
 *   `supplied_by` of datasets: "drawing", "upload" or "folder", where somebody has to bring samples first; `apart`: settings of theirs that are chosen there,
 *   `start`: what a newly chosen one has besides its defaults */
/** @typedef {"layers" | "datasets" | "losses" | "optimizers" | "schedules" | "initializers" | "tasks" | "probes" | "questions" | "tokenizers"} Family */
/** @typedef {{name: string, title: string, help: string, better: "higher" | "lower", low: number | null, high: number | null, unit: string, written: import("../i18n/numbers.js").Written}} Metric
 *   `low` and `high` are the ends of the range its values can lie in */

/** @type {import("@preact/signals-core").Signal<Record<string, Part[]>>} */
export const families = signal({});
/** In the order in which they are offered. @type {import("@preact/signals-core").Signal<Metric[]>} */
export const metrics = signal([]);
/** What a document has where it says nothing, and a network of it.
 * @type {import("@preact/signals-core").Signal<{experiment: Record<string, any>, network: Record<string, any>}>} */
export const defaults = signal({ experiment: {}, network: {} });
/** The forms of what is no part: `training`, `network`.
 * @type {import("@preact/signals-core").Signal<Record<string, import("../ui/schema.js").Schema>>} */
export const forms = signal({});
/** Of which family the parts of a document are. @type {Record<string, Family>} */
export const FAMILIES = {
  optimizer: "optimizers",
  dataset: "datasets",
  loss: "losses",
  schedule: "schedules",
  task: "tasks",
};

export async function fetchParts() {
  const spoken = language.peek();
  const answer = await get(`/api/parts?language=${spoken}`);
  if (spoken !== language.peek()) return; // asked again meanwhile, in another language
  batch(() => {
    families.value = answer.families;
    metrics.value = answer.metrics;
    forms.value = answer.forms;
    defaults.value = answer.defaults;
  });
}

/** @param {Family} family @param {string | undefined} kind @returns {Part | undefined} */
export function partOf(family, kind) {
  return families.value[family]?.find((part) => part.kind === kind);
}

/** What stands at a place of a document that says nothing there: of the document, of a network or of its dataset.
 * @param {any} document @param {string} path such as `/optimizer` or `/networks/main/initializer` @returns {any} */
export function defaultAt(document, path) {
  const names = path.slice(1).split("/");
  if (names[0] === "networks") return defaults.value.network[names[2]];
  if (names[0] !== "dataset") return defaults.value.experiment[names[0]];
  return partOf("datasets", document.dataset?.kind)?.schema.properties?.[names[1]]?.default;
}

/** What a network is called: "Encoder" of `encoder`. @param {string} name @returns {string} */
export function networkTitle(name) {
  return families.value.tasks?.find(({ titles }) => titles?.[name])?.titles?.[name] ?? name;
}

/** The title of a setting: "Learning rate" of `/optimizer/lr`, "Encoder · Learning rate" of a network's own. @param {any} document @param {string} path @returns {string} */
export function titleOfSetting(document, path) {
  const own = /^\/networks\/([^/]+)(\/optimizer\/.+)$/.exec(path);
  if (own) return `${networkTitle(own[1])} · ${titleOfSetting(document?.networks?.[own[1]], own[2])}`;
  const [first, ...rest] = path.slice(1).split("/");
  const part = partOf(FAMILIES[first], document?.[first]?.kind);
  const root = part?.schema ?? forms.value[first] ?? {};
  let [schema, title] = [root, rest.at(-1) ?? first];
  for (const name of rest) {
    const field = resolved(schema, root).schema.properties?.[name] ?? {};
    title = field.title ?? title;
    schema = field;
  }
  return title;
}
