/** The train: layers of the document coupled into cars, with what the checker said of each. What it has said nothing of is
 * unknown: nothing is derived here. Pure. */

import { filled } from "../ui/schema.js";
import { INPUT } from "../views/paths.js";
import { listsOf } from "./edits.js";

/** @typedef {{kind: string, layers?: LayerDocument[], branches?: {layers?: LayerDocument[]}[], units?: number,
 *   [field: string]: any}} LayerDocument */
/** @typedef {import("../api/shapes.js").Shape} Shape */
/** @typedef {{place: string, kind: string, rides?: boolean, takes?: Shape, shape: Shape, parameters: number, multiply_adds: number,
 *   rule?: import("./provenance.js").Rule, next_branch?: {layers: LayerDocument[]}, carries?: import("./timeSteps.js").Carried[]}} Entry */
/** @typedef {{kind: string, title: string, group?: string, rides?: boolean, formula?: string,
 *   schema?: import("../ui/schema.js").Schema}} LayerPart */
/** A list of layers within a car that holds others. @typedef {{list: string, cars: Car[]}} Track */
/**
 * A layer with those directly behind it that ride with it. `path` is its first layer's, as frames name
 * it, `place` what it is selected as; `start` to `end` are its layers in the list at `list`. A container holds other cars on its `tracks`; `around`
 * says that what arrives also goes around them, and `join` how all that becomes one.
 * @typedef {{role: "input" | "car" | "container" | "output", path: string, place: string, list: string, start: number, end: number,
 *   layers: {path: string, kind: string, title: string, group: string}[], units: number | null, shown: number[], shape: Shape | null, takes: Shape | null,
 *   document: LayerDocument | null, parameters: number, multiplyAdds: number,
 *   tracks: Track[], inner: Car[], around: boolean, join: "add" | "concat", from?: string,
 *   rule: import("./provenance.js").Rule | null, carries: import("./timeSteps.js").Carried[], nextBranch?: {layers: LayerDocument[]}}} Car `document` is its first layer's, with what it leaves out; `rule` says
 *   where the numbers of that layer come from, and `carries` what it hands on from time step to time step, as soon as the server has told it;
 *   `from` is what the network is called whose answer arrives; `nextBranch` is what one branch more begins with
 */
/** The cars of one network; `list` is where its layers stand. @typedef {{list: string, input: Car, cars: Car[], output: Car}} Train */
/** @typedef {{known: Map<string, Entry>, kinds: Map<string, LayerPart>}} Told */

/** @param {string} address of the network, `/networks/main`
 * @param {{layers?: LayerDocument[], head?: boolean}} network @param {Entry[]} entries of the report, inner ones too
 * @param {LayerPart[]} parts the family of layers @param {Shape | null} inputs
 * @param {string} [from] what the network is called whose answer arrives, where that is not the data @returns {Train} */
export function trainOf(address, network, entries, parts, inputs, from) {
  const known = new Map(entries.map((entry) => [entry.place, entry]));
  const kinds = new Map(parts.map((part) => [part.kind, part]));
  const list = `${address}/layers`;
  const cars = coupled(network.layers ?? [], list, { known, kinds });
  const output = outputCar(`${address}/head`, known, kinds, cars.length > 0 ? cars[cars.length - 1].shape : inputs);
  return { list, input: { ...inputCar(inputs), from }, cars, output };
}

/** Whether the first layer of a car weighs all that stands at a place, so that it has a weight for each pair of neurons.
 * @param {Car} car */
export const weighs = ({ rule }) => rule?.reads === "place" && rule.makes === "dot";

/** What leaves a car, and what is drawn of it. @param {Shape | null} shape */
const leaving = (shape) => ({ shape, units: shape?.units ?? null, shown: shape?.shown ?? [] });

/** @param {LayerDocument[]} layers @param {string} list @param {Told} told @returns {Car[]} */
function coupled(layers, list, told) {
  const { known, kinds } = told;
  /** @type {Car[]} */
  const cars = [];
  layers.forEach((layer, index) => {
    const path = `${list}/${index}`;
    const reported = known.get(path);
    const entry = reported?.kind === layer.kind ? reported : undefined; // else it is the answer about an older document
    const after = entry?.shape ?? null;
    const named = namedLayer(kinds, path, layer.kind);
    const last = cars.at(-1);
    if (last && (entry?.rides ?? kinds.get(layer.kind)?.rides)) {
      last.layers.push(named);
      last.end = index + 1;
      last.parameters += entry?.parameters ?? 0;
      last.multiplyAdds += entry?.multiply_adds ?? 0;
      Object.assign(last, leaving(after));
    } else {
      const takes = entry?.takes ?? null;
      const car = {
        ...blank("car"),
        path,
        place: path,
        list,
        start: index,
        end: index + 1,
        layers: [named],
        document: whole(kinds, layer),
      };
      Object.assign(car, leaving(after), { takes, rule: entry?.rule ?? null, carries: entry?.carries ?? [] });
      if (entry?.next_branch) car.nextBranch = entry.next_branch;
      Object.assign(car, { parameters: entry?.parameters ?? 0, multiplyAdds: entry?.multiply_adds ?? 0 });
      cars.push(holding(car, layer, told));
    }
  });
  return cars;
}

/** A car with the cars it holds, if its layer has such lists.
 * @param {Car} car @param {LayerDocument} layer @param {Told} told @returns {Car} */
function holding(car, layer, told) {
  const lists = listsOf(layer);
  if (lists.length === 0 && !Array.isArray(layer.branches)) return car;
  const tracks = lists.map(({ path, layers }) => {
    const list = car.path + path;
    return { list, cars: coupled(layers, list, told) };
  });
  const { around = false, makes } = car.rule ?? {};
  const join = makes === "concat" ? "concat" : "add";
  return { ...car, role: "container", tracks, inner: tracks.flatMap((track) => track.cars), around, join };
}

/** @param {Map<string, LayerPart>} kinds @param {string} path @param {string} kind */
function namedLayer(kinds, path, kind) {
  const part = kinds.get(kind);
  return { path, kind, title: part?.title ?? kind, group: part?.group ?? "" };
}

/** A layer with what its document leaves out.
 * @param {Map<string, LayerPart>} kinds @param {LayerDocument} layer @returns {LayerDocument} */
function whole(kinds, layer) {
  const schema = kinds.get(layer.kind)?.schema;
  return schema ? { ...filled(layer, schema), kind: layer.kind } : layer;
}

/** @param {Shape | null} inputs @returns {Car} */
function inputCar(inputs) {
  return { ...blank("input"), path: INPUT, place: INPUT, ...leaving(inputs) };
}

/** @param {string} place of the head @param {Map<string, Entry>} known @param {Map<string, LayerPart>} kinds
 * @param {Shape | null} before @returns {Car} */
function outputCar(place, known, kinds, before) {
  const head = [...known.entries()].filter(([path]) => path.startsWith(`${place}/`));
  const last = head.at(-1);
  if (!last) return { ...blank("output"), place, ...leaving(before) };
  const layers = head.map(([path, entry]) => namedLayer(kinds, path, entry.kind));
  return {
    ...blank("output"),
    path: last[0],
    place,
    layers: layers.slice(-1),
    ...leaving(last[1].shape),
    takes: last[1].takes ?? before,
    document: whole(kinds, { kind: last[1].kind }),
    rule: last[1].rule ?? null,
    parameters: head.reduce((sum, [, entry]) => sum + entry.parameters, 0),
    multiplyAdds: head.reduce((sum, [, entry]) => sum + entry.multiply_adds, 0),
  };
}

/** @param {Car["role"]} role @returns {Car} */
function blank(role) {
  return {
    role,
    path: "",
    place: "",
    list: "",
    start: 0,
    end: 0,
    layers: [],
    ...leaving(null),
    takes: null,
    document: null,
    parameters: 0,
    multiplyAdds: 0,
    tracks: [],
    inner: [],
    around: false,
    join: "add",
    rule: null,
    carries: [],
  };
}
