/** Samples of own data that are looked at in its window, while the page has asked about other data, or the same. */

import { newKey } from "../api/client.js";
import { language } from "../i18n/t.js";

// A newer question takes the place of an older one of the same name: the window's must not take that of the page's.
const WINDOW = newKey();

/** What `POST /api/datasets/preview` answers; null where it has none, since the window can do without.
 * @param {Record<string, any>} dataset @param {AbortSignal} signal @returns {Promise<import("../views/points.js").Preview | null>} */
export async function previewOf(dataset, signal) {
  const headers = { "Content-Type": "application/json", "Accept-Language": language.peek(), "X-Tab": WINDOW };
  const body = JSON.stringify({ dataset });
  try {
    const answer = await fetch("/api/datasets/preview", { method: "POST", headers, body, signal });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
