/** Edits of a document: JSON Patch (RFC 6902) as far as the page uses it. Pure: gives a copy, shares what is not touched. */

/** @typedef {import("../api/client.js").Edit} Edit */

/** The keys of a JSON Pointer (RFC 6901). @param {string} path @returns {string[]} */
function keysOf(path) {
  return path
    .split("/")
    .slice(1)
    .map((key) => key.replace(/~1/g, "/").replace(/~0/g, "~"));
}

/** What stands at a path, or undefined. @param {any} document @param {string} path @returns {any} */
export function valueAt(document, path) {
  return keysOf(path).reduce((found, key) => found?.[key], document);
}

/** @param {any} document @param {Edit[]} edits @returns {any} a copy with the edits made; missing objects are made */
export function patched(document, edits) {
  return edits.reduce((whole, { op, path, value }) => made(whole, keysOf(path), op, value), document);
}

/** Whether edits would change a document; those that say what stands there already do not.
 * @param {any} document @param {Edit[]} edits */
export function changes(document, edits) {
  return JSON.stringify(sorted(patched(document, edits))) !== JSON.stringify(sorted(document));
}

/** A copy whose fields are in the order of their names. @param {any} value @returns {any} */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

/** @param {any} parent @param {string[]} keys @param {Edit["op"]} op @param {any} value @returns {any} */
function made(parent, keys, op, value) {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (Array.isArray(parent)) {
    const copy = [...parent];
    const at = key === "-" ? copy.length : Number(key);
    if (!Number.isInteger(at) || at < 0 || at > copy.length) return parent;
    if (rest.length) copy[at] = made(copy[at], rest, op, value);
    else if (op === "add") copy.splice(at, 0, value);
    else if (op === "remove") copy.splice(at, 1);
    else copy[at] = value;
    return copy;
  }
  const object = parent !== null && typeof parent === "object" ? parent : {};
  if (rest.length)
    return { ...object, [key]: made(object[key] ?? (/^(0|-)$/.test(rest[0]) ? [] : {}), rest, op, value) };
  if (op !== "remove") return { ...object, [key]: value };
  const { [key]: _, ...others } = object;
  return others;
}

/** The edits that lead from one document to another, each as deep as it goes. @param {any} from @param {any} to @param {string} [path] @returns {Edit[]} */
export function editsBetween(from, to, path = "") {
  if (from === to || JSON.stringify(from) === JSON.stringify(to)) return [];
  if (!isObject(from) || !isObject(to)) return [{ op: "replace", path, value: to }];
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((key) => {
    const at = `${path}/${key.replace(/~/g, "~0").replace(/\//g, "~1")}`;
    if (!(key in to)) return [{ op: /** @type {const} */ ("remove"), path: at }];
    if (!(key in from)) return [{ op: /** @type {const} */ ("add"), path: at, value: to[key] }];
    return editsBetween(from[key], to[key], at);
  });
}

/** @param {unknown} value */
function isObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
