/** The curves of a run: columns of numbers that grow in place, so that a point costs the same at any length. */

/** @typedef {{type: string, seq: number, time: number, [key: string]: any}} RunEvent */
/** @typedef {{step: number, column: string, value: "NaN" | "Infinity" | "-Infinity"}} Mark */

/**
 * @typedef {object} Columns
 * @property {number} length points so far
 * @property {number} capacity points there is room for
 * @property {Record<string, Float64Array>} store one array per name, longer than `length`; NaN is a gap
 * @property {Mark[]} marks where a number was not finite
 * @property {number} seconds of training until now, pauses left out
 * @property {number | null} clock Unix time until which `seconds` counts; null while it rests
 */

const FIRST_CAPACITY = 256;

/** @returns {Columns} */
export function emptyColumns() {
  const store = { step: new Float64Array(FIRST_CAPACITY) };
  return { length: 0, capacity: FIRST_CAPACITY, store, marks: [], seconds: 0, clock: null };
}

/**
 * The numbers of one column so far, as a view; NaN throughout where there is no such column.
 * @param {Columns} columns
 * @param {string} name
 */
export function column(columns, name) {
  return (columns.store[name] ?? new Float64Array(columns.length).fill(NaN)).subarray(0, columns.length);
}

/**
 * Takes in what events say of curves: points, the clock, steps that were rewound. Gives the number of points added.
 * @param {Columns} columns
 * @param {RunEvent[]} events
 */
export function append(columns, events) {
  let added = 0;
  for (const event of events) {
    if (event.type === "measured") added += measured(columns, event);
    else if (event.type === "rewound") rewind(columns, event.step);
    else tick(columns, event);
  }
  return added;
}

/**
 * Adds rows whose step is beyond the last. Columns may be missing or new; both leave gaps.
 * @param {Columns} columns
 * @param {Record<string, (number | string | null)[]>} rows columns of equal length, `step` among them
 */
export function appendRows(columns, rows) {
  const steps = /** @type {number[]} */ (rows.step);
  const last = columns.length ? columns.store.step[columns.length - 1] : -1;
  let first = 0;
  while (first < steps.length && steps[first] <= last) first += 1;
  const count = steps.length - first;
  makeRoom(columns, columns.length + count);
  for (const [name, values] of Object.entries(rows)) {
    const target = (columns.store[name] ??= new Float64Array(columns.capacity).fill(NaN));
    for (let i = 0; i < count; i += 1) {
      target[columns.length + i] = number(columns, steps[first + i], name, values[first + i]);
    }
  }
  columns.length += count;
  return count;
}

/**
 * Fills columns of points that are there already; steps that are not are left out.
 * @param {Columns} columns
 * @param {Map<number, Record<string, number | string>>} values by step
 */
export function fillIn(columns, values) {
  for (const [step, row] of values) {
    const at = indexAfter(columns.store.step, columns.length, step) - 1;
    if (at < 0 || columns.store.step[at] !== step) continue;
    for (const [name, value] of Object.entries(row)) {
      const target = (columns.store[name] ??= new Float64Array(columns.capacity).fill(NaN));
      target[at] = number(columns, step, name, value);
    }
  }
}

/**
 * Drops every point after `step`.
 * @param {Columns} columns
 * @param {number} step
 */
export function rewind(columns, step) {
  const kept = indexAfter(columns.store.step, columns.length, step);
  for (const values of Object.values(columns.store)) values.fill(NaN, kept, columns.length);
  columns.length = kept;
  columns.marks = columns.marks.filter((mark) => mark.step <= step);
  const seconds = columns.store.seconds;
  if (seconds) columns.seconds = kept ? seconds[kept - 1] : 0;
}

/**
 * How many of the first `length` ascending `values` are at most `limit`.
 * @param {ArrayLike<number>} values
 * @param {number} length
 * @param {number} limit
 */
export function indexAfter(values, length, limit) {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The points of a chunk share its time evenly.
 * @param {Columns} columns
 * @param {RunEvent} event
 */
function measured(columns, event) {
  const before = columns.seconds;
  tick(columns, event);
  const count = event.columns.step.length;
  const share = (columns.seconds - before) / Math.max(count, 1);
  const seconds = Array.from({ length: count }, (_, i) => before + share * (i + 1));
  return appendRows(columns, { ...event.columns, seconds });
}

/**
 * @param {Columns} columns
 * @param {RunEvent} event
 */
function tick(columns, event) {
  if (columns.clock !== null) columns.seconds += Math.max(0, event.time - columns.clock);
  if (event.type === "started" || event.type === "resumed") {
    if (event.type === "started" && columns.clock !== null) {
      columns.seconds -= Math.max(0, event.time - columns.clock); // nobody trained while the worker was gone
    }
    columns.clock = event.time;
  } else if (event.type === "paused" || event.type === "finished") {
    columns.clock = null;
  } else if (columns.clock !== null) {
    columns.clock = event.time;
  }
}

/**
 * @param {Columns} columns
 * @param {number} length
 */
function makeRoom(columns, length) {
  if (length <= columns.capacity) return;
  let capacity = columns.capacity;
  while (capacity < length) capacity *= 2;
  for (const [name, values] of Object.entries(columns.store)) {
    const longer = new Float64Array(capacity).fill(NaN);
    longer.set(values);
    columns.store[name] = longer;
  }
  columns.capacity = capacity;
}

/**
 * @param {Columns} columns
 * @param {number} step
 * @param {string} name
 * @param {number | string | null} value
 */
function number(columns, step, name, value) {
  if (typeof value === "number") return value;
  if (value === "NaN" || value === "Infinity" || value === "-Infinity")
    columns.marks.push({ step, column: name, value });
  return NaN;
}
