/** In which settings experiments differ. Pure. */

/** @typedef {{path: string, values: unknown[]}} Difference values in the order of the experiments */

/**
 * The settings in which at least two of the experiments differ; `undefined` where one does not have it. Networks are
 * compared as a whole, in a few words.
 * @param {any[]} experiments
 * @returns {Difference[]}
 */
export function differences(experiments) {
  const flat = experiments.map((experiment) => new Map(leaves(experiment, "")));
  const paths = [...new Set(flat.flatMap((one) => [...one.keys()]))];
  return paths
    .map((path) => ({ path, values: flat.map((one) => one.get(path)) }))
    .filter(({ values }) => new Set(values.map((value) => JSON.stringify(value))).size > 1);
}

/**
 * A stack of layers in a few words: "8-8 tanh", "64 relu, dropout, 10 relu".
 * @param {{kind: string, units?: number, layers?: any[]}[]} layers
 * @returns {string}
 */
export function inWords(layers) {
  const cars = [];
  for (const layer of layers) {
    const last = cars[cars.length - 1];
    if (layer.kind === "linear") cars.push({ name: String(layer.units ?? ""), after: "" });
    else if (last && last.name && !last.after && !layer.layers) last.after = layer.kind;
    else cars.push({ name: "", after: layer.layers ? `${layer.kind} (${inWords(layer.layers)})` : layer.kind });
  }
  const activations = new Set(cars.map(({ after }) => after));
  if (cars.length && activations.size === 1 && cars.every(({ name }) => name)) {
    return `${cars.map(({ name }) => name).join("-")} ${[...activations][0]}`.trim();
  }
  return cars.map(({ name, after }) => `${name} ${after}`.trim()).join(", ");
}

/**
 * @param {any} value
 * @param {string} path
 * @returns {[string, unknown][]}
 */
function leaves(value, path) {
  if (/^\/networks\/[^/]+\/layers$/.test(path)) return [[path, inWords(value ?? [])]];
  if (Array.isArray(value) && value.every((one) => typeof one !== "object")) return [[path, value.join(", ")]];
  if (value === null || typeof value !== "object") return [[path, value]];
  if (Array.isArray(value) && path.startsWith("/dataset")) return [[path, value.length]]; // points drawn by hand
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, `${path}/${name}`));
}
