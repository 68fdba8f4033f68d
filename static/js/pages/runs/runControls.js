/** What can be told to a run of the list that is not over, and which one it waits for. */

import { h } from "preact";
import { t } from "../../i18n/t.js";
import { sendCommand } from "../../live/requests.js";
import { ENDS } from "../../live/run.js";
import { IconButton } from "../../ui/controls.js";
import { note } from "../../ui/live.js";
import { renew, rows, titleOf } from "./knownRuns.js";

const OBEYED = [100, 400]; // milliseconds after which a command has been obeyed: usually, and nearly always

/** @param {{run: import("./knownRuns.js").RunRow, title: string}} props */
export function Controls({ run, title }) {
  if (ENDS.includes(run.status)) return null;
  const paused = run.status === "paused";
  return [
    run.behind &&
      h(
        "a",
        { class: "run-behind", href: `/?run=${run.behind}` },
        t("runs", "waits for “{name}”", { name: nameOf(run.behind) }),
      ),
    h(
      "span",
      { class: "run-controls" },
      h(IconButton, {
        icon: paused ? "train" : "pause",
        look: "quiet",
        label: paused
          ? t("runs", "Go on with “{name}”", { name: title })
          : t("runs", "Pause “{name}”", { name: title }),
        onClick: () => void tell(run.id, paused ? "resume" : "pause"),
      }),
      h(IconButton, {
        icon: "stop",
        look: "quiet",
        label: t("runs", "Stop “{name}”", { name: title }),
        onClick: () => void tell(run.id, "stop"),
      }),
    ),
  ];
}

/** What another run of the list is called. @param {string} id */
function nameOf(id) {
  const other = rows.value.find((row) => row.id === id);
  return other ? titleOf(other) : id;
}

/** @param {string} id @param {"pause" | "resume" | "stop"} kind */
async function tell(id, kind) {
  try {
    await sendCommand(id, { kind });
    for (const wait of OBEYED) {
      await new Promise((done) => setTimeout(done, wait));
      await renew(id);
    }
  } catch (problem) {
    note(/** @type {Error} */ (problem).message);
  }
}
