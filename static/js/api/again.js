/** A request that is made again until the server can be reached, for what a person has pressed while the line was away. */

import { t } from "../i18n/t.js";
import { note } from "../ui/live.js";
import { ApiProblem } from "./client.js";

const AWAY = [0, 502, 503, 504]; // statuses that say nothing about the request
const FIRST_WAIT = 300; // milliseconds; doubles to LONGEST_WAIT
const LONGEST_WAIT = 4_000;

/**
 * The answer of the first try that reaches the server. The request must be one that does nothing twice.
 * @template T
 * @param {() => Promise<T>} request
 * @param {() => number} [random]
 * @returns {Promise<T>}
 */
export async function untilReached(request, random = Math.random) {
  for (let tried = 0; ; tried += 1) {
    try {
      return await request();
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || !AWAY.includes(problem.status)) throw problem;
      if (tried === 1) {
        note(t("ui", "The server cannot be reached now. What you asked for is done once, as soon as it is back."));
      }
      await lineIsBack(Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tried) * (0.5 + random() / 2));
    }
  }
}

/** Waits so long, or until the browser says that the line is back. @param {number} milliseconds @returns {Promise<void>} */
function lineIsBack(milliseconds) {
  return new Promise((done) => {
    const over = () => {
      clearTimeout(timer);
      globalThis.removeEventListener?.("online", over);
      done();
    };
    const timer = setTimeout(over, milliseconds);
    globalThis.addEventListener?.("online", over);
  });
}
