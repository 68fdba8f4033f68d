/** Talks to the server: JSON in and out; what it refuses becomes an `ApiProblem` in the person's language. */

import { language, t } from "../i18n/t.js";

/** @typedef {{op: "add" | "replace" | "remove", path: string, value?: any}} Edit */
/** @typedef {{title: string, edits: Edit[]}} Fix */
/** @typedef {{detail: string, template?: string, values?: Record<string, any>, place: string, fixes: Fix[]}} Problem */
/** `apart` names questions whose places those of the rest of the page do not take.
 * @typedef {{signal?: AbortSignal, idempotencyKey?: string, apart?: string}} Options */

const TRIES = 4; // of a GET
const AGAIN = [429, 502, 503, 504]; // answers after which a GET is worth another try
const FIRST_PAUSE = 250; // milliseconds

/** What the server refused, or status 0 where it could not be reached. */
export class ApiProblem extends Error {
  /** @param {number} status @param {string} detail @param {Problem[]} [problems] @param {number} [retryAfter] seconds */
  constructor(status, detail, problems = [], retryAfter = 0) {
    super(detail);
    this.name = "ApiProblem";
    this.status = status;
    this.detail = detail;
    this.problems = problems;
    this.retryAfter = retryAfter;
  }
}

// A newer question of this tab takes the place of an older one; another tab's does not.
const TAB = newKey();

/** What to say of whatever was thrown. @param {unknown} problem */
export const messageOf = (problem) => (problem instanceof Error ? problem.message : String(problem));
/** The same, and what is wrong first where the server has found several things. @param {unknown} problem */
export const firstProblemOf = (problem) =>
  (problem instanceof ApiProblem && problem.problems[0]?.detail) || messageOf(problem);

/** A name that no other request has. `crypto.randomUUID` is missing on plain http; this is there. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {string} path @param {Options} [options] @returns {Promise<any>} */
export async function get(path, options = {}) {
  for (let tried = 1; ; tried += 1) {
    try {
      return await json(await send("GET", path, undefined, options));
    } catch (problem) {
      const worth = problem instanceof ApiProblem && (problem.status === 0 || AGAIN.includes(problem.status));
      if (!worth || tried === TRIES || options.signal?.aborted) throw problem;
      await pause(Math.max(problem.retryAfter * 1000, FIRST_PAUSE * 2 ** tried * (0.5 + Math.random())));
    }
  }
}

/** @param {string} path @param {unknown} body @param {Options} [options] @returns {Promise<any>} */
export async function post(path, body, options = {}) {
  return json(await send("POST", path, body, options));
}

/** @param {string} path @param {unknown} body @param {Options} [options] @returns {Promise<any>} */
export async function patch(path, body, options = {}) {
  return json(await send("PATCH", path, body, options));
}

/** @param {string} path @param {Options} [options] @returns {Promise<void>} */
export async function remove(path, options = {}) {
  await send("DELETE", path, undefined, options);
}

/** @param {string} path @param {unknown} body @param {Options} [options] @returns {Promise<ArrayBuffer>} */
export async function postForBytes(path, body, options = {}) {
  return (await send("POST", path, body, options)).arrayBuffer();
}

/** The answer as it comes. @param {string} path @param {unknown} body @param {Options} [options]
 * @returns {Promise<ReadableStream<Uint8Array<ArrayBuffer>>>} */
export async function postForBody(path, body, options = {}) {
  const response = await send("POST", path, body, options);
  return response.body ?? new ReadableStream();
}

/** @param {string} method @param {string} path @param {unknown} body @param {Options} options @returns {Promise<Response>} */
async function send(method, path, body, options) {
  /** @type {Record<string, string>} */
  const headers = {
    Accept: "application/json",
    "Accept-Language": language.peek(),
    "X-Tab": TAB + (options.apart ?? ""),
  };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (options.idempotencyKey) headers["Idempotency-Key"] = options.idempotencyKey;
  let response;
  try {
    const text = body === undefined ? undefined : JSON.stringify(body);
    response = await fetch(path, { method, headers, body: text, signal: options.signal });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiProblem(
      0,
      method === "GET"
        ? t("ui", "The server cannot be reached.")
        : t("ui", "The server cannot be reached, so this was not done."),
    );
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

/** @param {Response} response @returns {Promise<ApiProblem>} */
async function refusal(response) {
  const wait = Number(response.headers.get("Retry-After")) || 0;
  try {
    const told = await response.json();
    return new ApiProblem(response.status, told.detail ?? told.title ?? "", told.problems ?? [], wait);
  } catch {
    return new ApiProblem(response.status, `${response.status} ${response.statusText}`, [], wait);
  }
}

/** @param {Response} response @returns {Promise<any>} */
async function json(response) {
  return response.status === 204 ? null : response.json();
}

/** @param {number} milliseconds */
function pause(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}
