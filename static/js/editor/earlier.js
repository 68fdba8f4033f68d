/** The run that this tab began before: training anew ends it, unless the person says to keep it. */

import { t } from "../i18n/t.js";
import { sendCommand } from "../live/requests.js";
import { note } from "../ui/live.js";

const LASTS = 16_000; // milliseconds in which it can be kept; as long as the note that says so

/** Runs that are paused, and end when their time is over. @type {Map<string, ReturnType<typeof setTimeout>>} */
const leaving = new Map();

/**
 * Takes a run's place away at once, and ends it a while later. Rejects where it has ended already.
 * @param {string} id
 * @param {boolean} goesOn whether it goes on where it is kept, as it was only this tab that paused it
 */
export async function layAside(id, goesOn) {
  if (leaving.has(id)) return;
  leaving.set(id, setTimeout(end, LASTS, id)); // before it is paused: the page may be left meanwhile
  try {
    await sendCommand(id, { kind: "pause" });
  } catch (problem) {
    clearTimeout(leaving.get(id));
    leaving.delete(id);
    throw problem;
  }
  note(t("page", "Your earlier run is being stopped."), {
    title: t("page", "Keep it"),
    onClick: () => keep(id, goesOn),
  });
}

/** @param {string} id */
function end(id) {
  leaving.delete(id);
  sendCommand(id, { kind: "stop" }).catch(() => null); // it has ended by itself
}

/** @param {string} id @param {boolean} goesOn */
function keep(id, goesOn) {
  if (!leaving.has(id)) return void note(t("page", "Too late: that run has ended."));
  clearTimeout(leaving.get(id));
  leaving.delete(id);
  if (goesOn) sendCommand(id, { kind: "resume" }).catch((/** @type {Error} */ problem) => note(problem.message));
}

/** What is to be ended is ended, though the page is left. */
globalThis.addEventListener?.("pagehide", () => {
  for (const [id, timer] of leaving) {
    clearTimeout(timer);
    const headers = { "Content-Type": "application/json" };
    void fetch(`/api/runs/${id}/commands`, { method: "POST", headers, body: '{"kind":"stop"}', keepalive: true });
  }
  leaving.clear();
});
