/** Single requests about a run: a command to it, a picture of it. */

import { ApiProblem, newKey, post } from "../api/client.js";
import { decodeFrame } from "./frame.js";

/** @typedef {import("./frame.js").Frame} Frame */

const TRIES = 5; // to send a command, before the person is told

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
 * Sends a command to a run and gives its number. A retry does nothing twice: the command carries an id of its own.
 * @param {string} id
 * @param {Record<string, any>} command
 * @param {() => number} [random]
 * @returns {Promise<number>}
 */
export async function sendCommand(id, command, random = Math.random) {
  const body = { id: newKey(), ...command };
  for (let tried = 1; ; tried += 1) {
    try {
      return (await post(`/api/runs/${encodeURIComponent(id)}/commands`, body)).number;
    } catch (problem) {
      const refused = problem instanceof ApiProblem && problem.status >= 400 && problem.status < 500;
      if (tried === TRIES || (refused && problem.status !== 429)) throw problem;
      const wait = 200 * 2 ** tried * (0.5 + random());
      await new Promise((done) => setTimeout(done, wait));
    }
  }
}
