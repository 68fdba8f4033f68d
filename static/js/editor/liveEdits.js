/** Which edits a run can take while it goes on: the parts say it of their fields. */

import { forms, partOf } from "../api/parts.js";
import { resolved } from "../ui/schema.js";
import { experiment } from "./document.js";
import { keysOf } from "./patch.js";

/** @param {import("../api/client.js").Edit} edit @returns {boolean} */
export function isLive(edit) {
  return liveField(edit) !== null;
}

/** Whether a run can take another value of a place; of a group of settings, of each in it. @param {string} path */
export function isLivePlace(path) {
  const root = forms.value.training;
  const group = root?.properties?.[path.split("/")[2]];
  const inner = path.startsWith("/training/") && group ? resolved(group, root).schema.properties : undefined;
  const places = inner ? Object.keys(inner).map((name) => `${path}/${name}`) : [path];
  return places.every((place) => isLive({ op: "replace", path: place }));
}

/** Whether the value of a live edit is one that its field allows. @param {import("../api/client.js").Edit} edit */
export function isAllowed(edit) {
  const {
    minimum: least,
    maximum: most,
    exclusiveMinimum: above,
    exclusiveMaximum: below,
    type,
  } = liveField(edit) ?? {};
  const { value } = edit;
  if (typeof value !== "number") return true;
  if (type === "integer" && !Number.isInteger(value)) return false;
  return !(value < least || value > most || value <= above || value >= below); // undefined bounds nothing
}

/** The schema of a field of an optimizer, where a run can take it.
 * @param {{kind: string} | null | undefined} optimizer @param {string} name @returns {any} */
function liveOf(optimizer, name) {
  const field = partOf("optimizers", optimizer?.kind)?.schema.properties?.[name];
  return field?.live ? field : null;
}

/** The schema of the field that an edit sets, where a run can take it. @param {import("../api/client.js").Edit} edit @returns {any} */
function liveField({ op, path }) {
  if (op === "remove") return null;
  const [first, ...rest] = keysOf(path);
  if (first === "optimizer" && rest.length === 1) return liveOf(experiment.peek().optimizer, rest[0]);
  if (first === "networks" && rest.length === 3 && rest[1] === "optimizer")
    return liveOf(experiment.peek().networks?.[rest[0]]?.optimizer, rest[2]);
  const form = forms.peek().training;
  if (first !== "training" || !form) return null;
  let schema = form;
  for (const key of rest) {
    const field = schema.properties?.[key];
    if (!field) return null;
    if (field.live) return field;
    schema = resolved(field, form).schema;
  }
  return null;
}
