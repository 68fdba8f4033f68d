/** The playground: data, network, output, curves; one experiment, one run. */

import "@preact/signals"; // lets components redraw when a signal they read changes
import { signal } from "@preact/signals-core";
import { h, render } from "preact";
import { get, messageOf } from "../api/client.js";
import { families, fetchParts } from "../api/parts.js";
import { pictures, report, startChecking } from "../editor/checking.js";
import { begunHere, follow, listenToEdits, rememberBegun, run, stale } from "../editor/currentRun.js";
import { canUndo, experiment, name, redo, replace, undo } from "../editor/document.js";
import { atOnce, startInstant } from "../editor/instant.js";
import { frames, moment } from "../editor/moment.js";
import { Playground, playback } from "../editor/wholePage.js";
import { FIRST, opened, openPreset, reopenPreset } from "../editor/presets.js";
import { keepAddress, openAddress } from "../editor/sharing.js";
import { kept, keepOnLeaving } from "../editor/tab.js";
import { languageReady, setLanguage, t } from "../i18n/t.js";
import { playbackActions } from "../live/playback.js";
import { note } from "../ui/live.js";
import { keysShown, listenToKeys } from "../ui/shortcuts.js";

const failure = signal("");
/** Whether the document that this tab was left with was in no run. */
let cameUnsaved = false;

/** For a look from the browser's console: `trainyard.experiment.value` is the document as it stands on the page. */
Object.assign(globalThis, { trainyard: { atOnce, experiment, families, frames, moment, pictures, report, run } });

/** Opens what the address names: an experiment, a run, or both; else what this tab was left with, else the first preset.
 * @param {import("../editor/link.js").Shared | null} shared the experiment in the address, which is open already */
async function openExperiment(shared) {
  const asked = new URLSearchParams(location.search).get("run");
  const before = kept();
  rememberBegun(before?.begun ?? null);
  // The address may be older than the last edit, by the moment in which it is written.
  const resumes = before && (before.address === location.href || !(asked || shared));
  const id = asked ?? (resumes ? before.shown : null);
  const known = id && (await get(`/api/runs/${encodeURIComponent(id)}`).catch(() => null));
  if (asked && !known) note(t("page", "The run of this address is not here any more."));
  cameUnsaved = Boolean(resumes && before.unsaved);
  await reopenPreset(resumes ? before.preset : shared?.preset);
  if (resumes) {
    [experiment.value, name.value] = [before.document, before.name];
  } else if (known && !shared) {
    if (before?.unsaved) experiment.value = before.document; // so that undo brings it back
    replace(known.experiment, known.name);
  } else if (!shared) await openPreset(FIRST);
  if (known) follow(known.id, known.experiment, known);
}

/** @returns {import("../editor/tab.js").Kept} */
function leftWith() {
  return {
    address: location.href,
    document: experiment.peek(),
    name: name.peek(),
    preset: opened.peek()?.name ?? null,
    shown: run.peek()?.id ?? null,
    begun: begunHere(),
    unsaved: run.peek() ? stale.peek() : cameUnsaved || canUndo.peek(),
  };
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
    startInstant();
    startChecking(); // as soon as there is a document, which is before the page is drawn
    await Promise.all([fetchParts(), openExperiment(shared)]);
  } catch (problem) {
    failure.value = messageOf(problem);
  }
  root.replaceChildren();
  render(h(Playground, { failure: failure.value }), root);
  keepAddress();
  keepOnLeaving(() => (failure.peek() ? null : leftWith()));
  listenToEdits();
  listen();
}

void start();
