/** The ways out of the browser, in one object so that tests can replace them. */

import { whenDrawn } from "../canvas/frameLoop.js";

/**
 * @typedef {object} Ways
 * @property {typeof WebSocket} WebSocket
 * @property {typeof EventSource | undefined} EventSource
 * @property {typeof fetch} fetch
 * @property {() => number} now milliseconds
 * @property {() => number} random 0 to 1
 * @property {(then: () => void) => void} whenDrawn calls back once what was just taken in is drawn
 */

/** @returns {Ways} */
export function browserWays() {
  return {
    WebSocket: globalThis.WebSocket,
    EventSource: globalThis.EventSource,
    fetch: (...request) => globalThis.fetch(...request),
    now: Date.now,
    random: Math.random,
    whenDrawn,
  };
}
