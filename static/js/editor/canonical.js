/** A document written out in full and in one order, so that two that mean the same read the same. Pure. */

import { filled } from "../ui/schema.js";

/** @typedef {import("../api/parts.js").Part} Part */
/** @typedef {import("../ui/schema.js").Schema} Schema */

/** What the server says of documents: `defaults` are what stands where nothing is said.
 * @typedef {{families: Record<string, Part[]>, forms: Record<string, Schema>,
 *   defaults: {experiment: Record<string, any>, network: Record<string, any>}}} Said */

/** @param {Record<string, any> | null} document @param {Said} said @returns {string} */
export function canonical(document, { families, forms, defaults }) {
  if (!document) return "";
  /** @param {string} family @param {any} value @returns {any} */
  const part = (family, value) => {
    const schema = families[family]?.find((candidate) => candidate.kind === value?.kind)?.schema;
    const whole = schema ? filled(value, schema) : value;
    return holding(whole);
  };
  /** What a part holds: layers, or branches of them. @param {any} whole @returns {any} */
  const holding = (whole) => {
    const found = { ...whole };
    if (Array.isArray(whole?.layers))
      found.layers = whole.layers.map((/** @type {any} */ layer) => part("layers", layer));
    if (whole?.tokenizer) found.tokenizer = part("tokenizers", whole.tokenizer);
    if (Array.isArray(whole?.branches)) found.branches = whole.branches.map(holding);
    return whole && found;
  };
  const { version: _version, ...told } = document; // says how it was written, not what it means
  const whole = /** @type {Record<string, any>} */ ({ ...defaults.experiment, ...told });
  /** @param {any} told */
  const network = (told) => {
    const all = /** @type {Record<string, any>} */ ({ ...defaults.network, ...told });
    return {
      ...all,
      layers: (all.layers ?? []).map((/** @type {any} */ layer) => part("layers", layer)),
      initializer: part("initializers", all.initializer),
      optimizer: all.optimizer && part("optimizers", all.optimizer),
    };
  };
  return ordered({
    ...whole,
    dataset: part("datasets", whole.dataset),
    task: part("tasks", whole.task),
    loss: part("losses", whole.loss),
    optimizer: part("optimizers", whole.optimizer),
    schedule: part("schedules", whole.schedule),
    training: forms.training ? filled(whole.training, forms.training) : whole.training,
    networks: Object.fromEntries(Object.entries(whole.networks ?? {}).map(([name, told]) => [name, network(told)])),
  });
}

/** JSON with the keys of every object in the order of the alphabet. @param {any} value @returns {string} */
function ordered(value) {
  return JSON.stringify(value, (_, inner) => {
    if (inner === null || typeof inner !== "object" || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
