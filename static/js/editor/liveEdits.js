/** Which edits a run can take while it goes on: the checker's report says it. */

import { report } from "./checking.js";

/** What a setting allows, as its schema says it.
 * @typedef {{type?: string, minimum?: number, maximum?: number, exclusiveMinimum?: number, exclusiveMaximum?: number}} Allowed */

/** @param {import("../api/client.js").Edit} edit @returns {boolean} */
export function isLive({ op, path }) {
  return op !== "remove" && path in (report.peek()?.live ?? {});
}

/** Whether a run can take another value of a place; of a group of settings, of each in it. Before the first report nothing is
 * said against it. @param {string} path */
export function isLivePlace(path) {
  if (!report.value) return true;
  const { live = {}, live_groups: groups = [] } = report.value;
  return path in live || groups.includes(path);
}

/** Whether the value of a live edit is one that its field allows. @param {import("../api/client.js").Edit} edit */
export function isAllowed({ path, value }) {
  const limits = report.peek()?.live?.[path] ?? {};
  const { minimum: least, maximum: most, exclusiveMinimum: above, exclusiveMaximum: below, type } = limits;
  if (typeof value !== "number") return true;
  if (type === "integer" && !Number.isInteger(value)) return false;
  const within = value >= (least ?? -Infinity) && value <= (most ?? Infinity);
  return within && value > (above ?? -Infinity) && value < (below ?? Infinity);
}
