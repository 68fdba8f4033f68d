/** The train: layers of the document coupled into cars, with what the checker said of each. Pure. */

/** @typedef {{kind: string, layers?: LayerDocument[], units?: number, [field: string]: unknown}} LayerDocument */
/** @typedef {{kind: string, sizes: number[], text: string}} Shape */
/** @typedef {{place: string, kind: string, shape: Shape, parameters: number, multiply_adds: number}} Entry */
/** @typedef {{kind: string, title: string, group?: string, formula?: string}} LayerPart */
/**
 * One layer that is no activation with the activations directly behind it. `path` is its first layer's, as frames name
 * it; `start` to `end` are its layers in the list at `list`; `inner` are the cars a residual holds.
 * @typedef {{role: "input" | "car" | "residual" | "output", path: string, list: string, start: number, end: number,
 *   layers: {path: string, kind: string, title: string}[], units: number | null, shape: Shape | null,
 *   parameters: number, multiplyAdds: number, fits: boolean, inner: Car[]}} Car
 */
/** @typedef {{input: Car, cars: Car[], output: Car}} Train */

const NETWORK = "/networks/main";

/** @param {{layers?: LayerDocument[], head?: boolean}} network @param {Entry[]} entries of the report, inner ones too
 * @param {LayerPart[]} parts the family of layers @param {Shape | null} inputs @returns {Train} */
export function trainOf(network, entries, parts, inputs) {
  const known = new Map(entries.map((entry) => [bare(entry.place), entry]));
  const kinds = new Map(parts.map((part) => [part.kind, part]));
  const cars = coupled(network.layers ?? [], "/layers", known, kinds, inputs);
  return { input: inputCar(inputs), cars, output: outputCar(known, kinds, cars.at(-1)?.shape ?? inputs) };
}

/** The place of a layer without the network in front.
 * @param {string} place @returns {string} */
export function bare(place) {
  return place.startsWith(NETWORK) ? place.slice(NETWORK.length) : place;
}

/** The place in the document for a path within the network.
 * @param {string} path @returns {string} */
export function placeOf(path) {
  return NETWORK + path;
}

/** The neurons that are drawn: all up to 16, else 12 chosen evenly, the first and the last among them.
 * @param {number} units @returns {number[]} */
export function shownOf(units) {
  const count = units <= 16 ? units : 12;
  return Array.from({ length: count }, (_, at) => (units <= 16 ? at : Math.round((at * (units - 1)) / 11)));
}

/** How many numbers leave a car.
 * @param {Shape | null} shape @returns {number | null} */
export function numbersOf(shape) {
  return shape ? shape.sizes.reduce((product, size) => product * size, 1) : null;
}

/** Whether a kind rides in the card of the layer before it.
 * @param {Map<string, LayerPart>} kinds @param {string} kind */
function isActivation(kinds, kind) {
  return kinds.get(kind)?.group === "activation";
}

/** @param {LayerDocument[]} layers @param {string} list @param {Map<string, Entry>} known
 * @param {Map<string, LayerPart>} kinds @param {Shape | null} before @returns {Car[]} */
function coupled(layers, list, known, kinds, before) {
  /** @type {Car[]} */
  const cars = [];
  let shape = before;
  layers.forEach((layer, index) => {
    const path = `${list}/${index}`;
    const told = known.get(path);
    const entry = told?.kind === layer.kind ? told : undefined; // else it is the answer about an older document
    const after = entry?.shape ?? guessed(layer, kinds, shape);
    const named = { path, kind: layer.kind, title: kinds.get(layer.kind)?.title ?? layer.kind };
    const last = cars.at(-1);
    if (last && isActivation(kinds, layer.kind)) {
      last.layers.push(named);
      last.end = index + 1;
      last.parameters += entry?.parameters ?? 0;
      last.multiplyAdds += entry?.multiply_adds ?? 0;
      last.fits &&= known.size === 0 || entry !== undefined || list !== "/layers";
    } else {
      const holds = Array.isArray(layer.layers);
      cars.push({
        role: holds ? "residual" : "car",
        path,
        list,
        start: index,
        end: index + 1,
        layers: [named],
        units: numbersOf(after),
        shape: after,
        parameters: entry?.parameters ?? 0,
        multiplyAdds: entry?.multiply_adds ?? 0,
        fits: known.size === 0 || entry !== undefined || list !== "/layers",
        inner: holds ? coupled(layer.layers ?? [], `${path}/layers`, known, kinds, shape) : [],
      });
    }
    shape = after;
  });
  return cars;
}

/** The shape after a layer that the report does not name (an inner one).
 * @param {LayerDocument} layer @param {Map<string, LayerPart>} kinds @param {Shape | null} before @returns {Shape | null} */
function guessed(layer, kinds, before) {
  if (typeof layer.units === "number") return { kind: "features", sizes: [layer.units], text: "" };
  if (kinds.get(layer.kind)?.group === "shape" && before) {
    return { kind: "features", sizes: [numbersOf(before) ?? 0], text: "" };
  }
  return before;
}

/** @param {Shape | null} inputs @returns {Car} */
function inputCar(inputs) {
  const units = numbersOf(inputs);
  return { ...blank("input"), path: "/inputs", units, shape: inputs };
}

/** @param {Map<string, Entry>} known @param {Map<string, LayerPart>} kinds @param {Shape | null} before @returns {Car} */
function outputCar(known, kinds, before) {
  const head = [...known.entries()].filter(([path]) => path.startsWith("/head/"));
  const last = head.at(-1);
  if (!last) return { ...blank("output"), path: "", units: numbersOf(before), shape: before };
  const layers = head.map(([path, entry]) => ({ path, kind: entry.kind, title: kinds.get(entry.kind)?.title ?? "" }));
  return {
    ...blank("output"),
    path: last[0],
    layers: layers.slice(-1),
    units: numbersOf(last[1].shape),
    shape: last[1].shape,
    parameters: head.reduce((sum, [, entry]) => sum + entry.parameters, 0),
    multiplyAdds: head.reduce((sum, [, entry]) => sum + entry.multiply_adds, 0),
  };
}

/** @param {"input" | "output"} role @returns {Car} */
function blank(role) {
  return {
    role,
    path: "",
    list: "",
    start: 0,
    end: 0,
    layers: [],
    units: null,
    shape: null,
    parameters: 0,
    multiplyAdds: 0,
    fits: true,
    inner: [],
  };
}
