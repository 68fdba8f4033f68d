/** The playground: data, network, output, curves; one experiment, one run. */

import "@preact/signals"; // lets components redraw when a signal they read changes
import { signal } from "@preact/signals-core";
import { h, render } from "preact";
import { get } from "../api/client.js";
import { pictures, report, startChecking } from "../editor/checking.js";
import { listenToEdits, rejoin, run } from "../editor/currentRun.js";
import { experiment, redo, replace, undo } from "../editor/document.js";
import { families, fetchParts } from "../editor/parts.js";
import { Playground, playback } from "../editor/playground.js";
import { FIRST, openPreset } from "../editor/presets.js";
import { keepAddress, openAddress } from "../editor/sharing.js";
import { languageReady, setLanguage, t } from "../i18n/t.js";
import { playbackActions } from "../live/playback.js";
import { note } from "../ui/live.js";
import { keysShown, listenToKeys } from "../ui/shortcuts.js";

const failure = signal("");

/** For a look from the browser's console: `trainyard.experiment.value` is the document as it stands on the page. */
Object.assign(globalThis, { trainyard: { experiment, families, pictures, report, run } });

/** Opens what the address names: an experiment, a run, or both; else the first preset.
 * @param {import("../editor/link.js").Shared | null} shared the experiment in the address, which is open already */
async function openExperiment(shared) {
  const id = new URLSearchParams(location.search).get("run");
  const known = id && (await get(`/api/runs/${encodeURIComponent(id)}`).catch(() => null));
  if (id && !known) note(t("page", "The run of this address is not here any more."));
  if (known) {
    if (!shared) replace(known.experiment, known.name);
    rejoin(known.id, known.experiment, !shared);
  } else if (!shared) await openPreset(FIRST);
}

function listen() {
  const act = () => playbackActions(playback());
  listenToKeys(() => [
    { key: " ", title: "Train", action: () => act().toggle() },
    { key: ".", title: "Step", action: () => act().stepBatch() },
    { key: ">", title: "Epoch", action: () => act().stepEpoch() },
    { key: "0", title: "Reset", action: () => act().reset() },
    { key: "?", title: "Keys", action: () => (keysShown.value = true), anywhere: true },
  ]);
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input[type=text], textarea");
    if (!(event.ctrlKey || event.metaKey) || event.altKey || typing || event.isComposing) return;
    const key = event.key.toLowerCase();
    if (key === "z" || key === "y") {
      event.preventDefault();
      (key === "y" || event.shiftKey ? redo : undo)();
    }
  });
}

async function start() {
  const root = /** @type {HTMLElement} */ (document.getElementById("app"));
  try {
    await languageReady();
    const shared = await openAddress();
    if (shared?.view.language) await setLanguage(shared.view.language); // before anything is asked in it
    startChecking(); // as soon as there is a document, which is before the page is drawn
    await Promise.all([fetchParts(), openExperiment(shared)]);
  } catch (problem) {
    failure.value = problem instanceof Error ? problem.message : String(problem);
  }
  root.replaceChildren();
  render(h(Playground, { failure: failure.value }), root);
  keepAddress();
  listenToEdits();
  listen();
}

void start();
