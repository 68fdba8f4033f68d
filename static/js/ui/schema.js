/** What a JSON schema made by Pydantic says of one field: which control fits, its bounds, its default. Pure. */

/** @typedef {Record<string, any>} Schema */
/**
 * @typedef {object} FieldPlan
 * @property {"number" | "slider" | "toggle" | "choice" | "chips" | "numbers" | "text" | "object" | "none"} control
 * @property {Schema} schema without references
 * @property {string} title
 * @property {string} description
 * @property {boolean} optional may be null
 * @property {boolean} live may be set while training
 * @property {string} unit
 * @property {number} start what a number that may be left out begins with
 * @property {import("./scale.js").Range} range
 */

const WIDE = 300; // a slider over more than this factor moves in powers
const UNBOUNDED = 2 ** 31 - 1; // seeds: typed, not slid

/** @param {Schema} field @param {Schema} root holds `$defs` @returns {FieldPlan} */
export function planOf(field, root) {
  const { schema: inner, optional } = resolved(field, root);
  const schema = { ...inner, ...field };
  const min = schema.minimum ?? schema.exclusiveMinimum ?? inner.minimum ?? inner.exclusiveMinimum;
  const max = schema.maximum ?? schema.exclusiveMaximum ?? inner.maximum ?? inner.exclusiveMaximum;
  const integer = inner.type === "integer";
  const range = { min: min ?? -Infinity, max: max ?? Infinity, step: schema.step, integer, log: false };
  range.log = Boolean(schema.log) || (range.min >= 1 && range.max / range.min >= WIDE && range.max < UNBOUNDED);
  return {
    control: controlFor(inner, range),
    schema: inner,
    title: field.title ?? inner.title ?? "",
    description: field.description ?? inner.description ?? "",
    optional,
    live: Boolean(schema.live),
    unit: schema.unit ?? "",
    start: schema.start ?? min ?? 0,
    range,
  };
}

/** A field without `$ref` and without "or null". @param {Schema} field @param {Schema} root */
export function resolved(field, root) {
  let schema = field;
  let optional = false;
  for (;;) {
    const parts = schema.anyOf ?? schema.allOf;
    if (schema.$ref) schema = root.$defs?.[schema.$ref.split("/").at(-1)] ?? {};
    else if (parts) {
      optional ||= parts.some((/** @type {Schema} */ part) => part.type === "null");
      schema = parts.find((/** @type {Schema} */ part) => part.type !== "null") ?? {};
    } else return { schema, optional };
  }
}

/** @param {Schema} schema @param {import("./scale.js").Range} range @returns {FieldPlan["control"]} */
function controlFor(schema, range) {
  if (schema.enum) return "choice";
  if (schema.type === "boolean") return "toggle";
  if (schema.type === "string") return schema.const === undefined ? "text" : "none";
  if (schema.type === "object" && schema.properties) return "object";
  if (schema.type === "array") {
    if (schema.items?.enum) return "chips";
    return ["number", "integer"].includes(schema.items?.type) ? "numbers" : "none";
  }
  if (schema.type !== "number" && schema.type !== "integer") return "none";
  const bounded = Number.isFinite(range.min) && Number.isFinite(range.max) && range.max < UNBOUNDED;
  return bounded ? "slider" : "number";
}

/** The value of a field that a document leaves out. @param {Schema} field @param {Schema} root @returns {any} */
export function defaultOf(field, root) {
  if (field.default !== undefined) return structuredClone(field.default);
  const { schema } = resolved(field, root);
  return schema.type === "object" ? filled({}, schema, root) : schema.default;
}

/** `value` with every field that it leaves out, and so each object in it. @param {Record<string, any>} value @param {Schema} schema @param {Schema} [root] */
export function filled(value, schema, root = schema) {
  const whole = { ...value };
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    if (whole[name] === undefined) whole[name] = defaultOf(field, root);
    const inner = isPlain(whole[name]) && resolved(field, root).schema;
    if (inner && inner.properties) whole[name] = filled(whole[name], inner, root);
  }
  return whole;
}

/** @param {any} value */
const isPlain = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
