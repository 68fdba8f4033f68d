/** Which edits a run can take while it goes on: the parts say it of their fields. */

import { resolved } from "../ui/schema.js";
import { experiment } from "./document.js";
import { forms, partOf } from "./parts.js";
import { keysOf } from "./patch.js";

/** @param {import("../api/client.js").Edit} edit @returns {boolean} */
export function isLive({ op, path }) {
  if (op === "remove") return false;
  const [first, ...rest] = keysOf(path);
  if (first === "optimizer" && rest.length === 1) {
    return Boolean(partOf("optimizers", experiment.peek().optimizer?.kind)?.schema.properties?.[rest[0]]?.live);
  }
  const form = forms.peek().training;
  if (first !== "training" || !form) return false;
  let schema = form;
  for (const key of rest) {
    const field = schema.properties?.[key];
    if (!field) return false;
    if (field.live) return true;
    schema = resolved(field, form).schema;
  }
  return false;
}
