/** Sends a file while its progress can be seen, and can be given up: what `fetch` cannot tell in every browser. */

import { ApiProblem } from "../api/client.js";
import { language, t } from "../i18n/t.js";

/** @typedef {{sent: number, whole: number}} Progress bytes; `whole` is 0 where the browser does not know it */
/**
 * @typedef {object} Options
 * @property {(progress: Progress) => void} [onProgress]
 * @property {AbortSignal} [signal] gives it up: the promise is then rejected with an `AbortError`
 */

/** Sends files as a form. @param {string} path @param {FormData} form @param {Options} [options] @returns {Promise<any>} */
export function upload(path, form, { onProgress, signal } = {}) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    const givenUp = () => failed(new DOMException("Given up.", "AbortError"));
    if (signal?.aborted) return givenUp();
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.upload.onprogress = ({ loaded, total, lengthComputable }) =>
      onProgress?.({ sent: loaded, whole: lengthComputable ? total : 0 });
    request.onload = () => {
      if (request.status < 300) done(parsed(request));
      else failed(refusal(request));
    };
    request.onerror = () =>
      failed(new ApiProblem(0, t("own", "The line broke while it was sent. Nothing was kept; try again.")));
    request.onabort = givenUp;
    request.open("POST", path);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Accept-Language", language.peek());
    request.send(form);
  });
}

/** @param {XMLHttpRequest} request @returns {ApiProblem} */
function refusal(request) {
  const told = parsed(request);
  const wait = Number(request.getResponseHeader("Retry-After")) || 0;
  const words = told?.detail ?? `${request.status} ${request.statusText}`;
  return new ApiProblem(request.status, words, told?.problems ?? [], wait);
}

/** @param {XMLHttpRequest} request @returns {any} null where there is no JSON */
function parsed(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return null;
  }
}
