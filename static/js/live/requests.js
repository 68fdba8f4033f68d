/** Single requests about a run: a command to it, a picture of it. */

import { untilReached } from "../api/again.js";
import { ApiProblem, get as ask, newKey, post } from "../api/client.js";
import { decodeFrame } from "./frameFormat.js";

/** @typedef {import("./frameFormat.js").Frame} Frame */

const TRIES = 5; // to send a command that the server has no time for, before the person is told

/**
 * @param {string} id
 * @param {string} probe
 * @param {number | null} step null for the newest
 * @param {typeof fetch} [get]
 * @returns {Promise<Frame | null>} null where there is none yet, or no line
 */
export async function fetchFrame(id, probe, step, get = fetch) {
  const query = step === null ? "" : `?step=${step}`;
  try {
    const response = await get(`/api/runs/${encodeURIComponent(id)}/frames/${probe}${query}`);
    return response.ok && response.status === 200 ? decodeFrame(await response.arrayBuffer()) : null;
  } catch {
    return null; // the line is down; the connection says so
  }
}

/**
 * Opens the sealed test result of a run, which is counted, and gives what was in it.
 * @param {string} id
 * @returns {Promise<{openings: number, evaluations: Record<string, (number | string | null)[]>}>}
 */
export async function fetchTest(id) {
  const run = `/api/runs/${encodeURIComponent(id)}`;
  const { openings } = await ask(`${run}?test=open`);
  const { evaluations } = await ask(`${run}/metrics`);
  return { openings, evaluations };
}

/** @typedef {{body: Record<string, any>, sent: boolean, done: Promise<number>}} Entry */

/** What is still to be told to each run, in order. @type {Map<string, Entry[]>} */
const outboxes = new Map();

/**
 * Sends a command to a run and gives its number; behind those before it, also where the line was away meanwhile. It takes
 * effect once, however often it is sent: it carries an id of its own. A new value of a setting replaces one not sent yet.
 * @param {string} id
 * @param {Record<string, any>} command
 * @param {() => number} [random]
 * @returns {Promise<number>}
 */
export function sendCommand(id, command, random = Math.random) {
  const outbox = outboxes.get(id) ?? [];
  outboxes.set(id, outbox);
  const body = { id: newKey(), ...command };
  const unsent = outbox.find((entry) => !entry.sent && command.path && entry.body.path === command.path);
  if (unsent) {
    unsent.body = body;
    return unsent.done;
  }
  const before = outbox.at(-1)?.done.catch(() => 0);
  /** @type {Entry} */
  const entry = { body, sent: !before, done: Promise.resolve(0) };
  entry.done = (before ? before.then(() => tell(id, entry, random)) : tell(id, entry, random)).finally(() => {
    outbox.splice(outbox.indexOf(entry), 1);
  });
  outbox.push(entry);
  return entry.done;
}

/** Whether a value of this setting is on its way to a run. @param {string} id @param {string} path */
export function isUnderWay(id, path) {
  return Boolean(outboxes.get(id)?.some((entry) => entry.body.path === path));
}

/** @param {string} id @param {Entry} entry @param {() => number} random @returns {Promise<number>} */
async function tell(id, entry, random) {
  entry.sent = true;
  const place = `/api/runs/${encodeURIComponent(id)}/commands`;
  for (let tried = 1; ; tried += 1) {
    try {
      return (await untilReached(() => post(place, entry.body), random)).number;
    } catch (problem) {
      const worth = problem instanceof ApiProblem && (problem.status === 429 || problem.status >= 500);
      if (tried === TRIES || !worth) throw problem;
      await new Promise((done) => setTimeout(done, 200 * 2 ** tried * (0.5 + random())));
    }
  }
}
