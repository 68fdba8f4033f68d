/** A question whose reply has one part that is wanted. */

import { postForEvents } from "../api/stream.js";

/** The first part of the reply, and of which step it tells; null where it ended without one. Throws where there is a
 * problem. @param {string} run its id @param {any} question @param {AbortSignal} signal
 * @returns {Promise<{step: number, part: any} | null>} */
export async function askOnce(run, question, signal) {
  let step = 0;
  for await (const { event, data } of postForEvents(`/api/runs/${encodeURIComponent(run)}/ask`, question, signal)) {
    if (event === "begun") step = data.step;
    else if (event === "part") return { step, part: data };
    else if (event === "problem") throw new Error(data.detail);
  }
  return null;
}
