/** In which settings experiments differ. Pure. */

/** @typedef {{path: string, values: unknown[]}} Difference values in the order of the experiments */
/** @typedef {{kind: string, units?: number, layers?: any[]}} Layer */
/** What a kind of layer is called. @typedef {(kind: string) => string} TitleOf */

/** @type {TitleOf} */
const bare = (kind) => kind;

/**
 * The settings in which at least two of the experiments differ; `undefined` where one does not have it. Networks are
 * compared as a whole, in a few words.
 * @param {any[]} experiments
 * @param {TitleOf} [titleOf]
 * @returns {Difference[]}
 */
export function differences(experiments, titleOf = bare) {
  const flat = experiments.map((experiment) => new Map(leaves(experiment, "", titleOf)));
  const paths = [...new Set(flat.flatMap((settings) => [...settings.keys()]))];
  return paths
    .map((path) => ({ path, values: flat.map((settings) => settings.get(path)) }))
    .filter(
      ({ values }) =>
        new Set(values.map((value) => JSON.stringify(value || value === 0 || value === false ? value : null))).size > 1,
    );
}

/**
 * A stack of layers in a few words: "8-8 Tanh", "64 ReLU, Dropout, 10 ReLU".
 * @param {Layer[]} layers
 * @param {TitleOf} [titleOf]
 * @returns {string}
 */
export function inWords(layers, titleOf = bare) {
  const cars = [];
  for (const layer of layers) {
    const last = cars[cars.length - 1];
    if (layer.kind === "linear") cars.push({ name: String(layer.units ?? ""), after: "" });
    else if (last && last.name && !last.after && !layer.layers) last.after = titleOf(layer.kind);
    else
      cars.push({
        name: "",
        after: layer.layers ? `${titleOf(layer.kind)} (${inWords(layer.layers, titleOf)})` : titleOf(layer.kind),
      });
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
 * @param {TitleOf} titleOf
 * @returns {[string, unknown][]}
 */
function leaves(value, path, titleOf) {
  if (/^\/networks\/[^/]+\/layers$/.test(path)) return [[path, inWords(value ?? [], titleOf)]];
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) return [[path, value.join(", ")]];
  if (value === null || typeof value !== "object" || value.changed) return [[path, value]];
  if (Array.isArray(value) && path.startsWith("/dataset")) return [[path, value.length]]; // points drawn by hand
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, `${path}/${name}`, titleOf));
}
