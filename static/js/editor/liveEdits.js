/** Which edits a run can take while it goes on: the parts say it of their fields. */

import { resolved } from "../ui/schema.js";
import { experiment } from "./document.js";
import { forms, partOf } from "./parts.js";
import { keysOf } from "./patch.js";

/** @param {import("../api/client.js").Edit} edit @returns {boolean} */
export function isLive(edit) {
  return liveField(edit) !== null;
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

/** The schema of the field that an edit sets, where a run can take it. @param {import("../api/client.js").Edit} edit @returns {any} */
function liveField({ op, path }) {
  if (op === "remove") return null;
  const [first, ...rest] = keysOf(path);
  if (first === "optimizer" && rest.length === 1) {
    const field = partOf("optimizers", experiment.peek().optimizer?.kind)?.schema.properties?.[rest[0]];
    return field?.live ? field : null;
  }
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
