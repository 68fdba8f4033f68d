/** The moment that every panel of the page shows, with its pictures: now, or one chosen with the scrubber. */

import { batch, computed, effect, signal } from "@preact/signals-core";
import { momentOf } from "../live/momentOf.js";
import { lastByHand } from "../live/phases.js";
import { pictures } from "./checking.js";
import { own, PROBES } from "./currentRun.js";
import { atOnce } from "./instant.js";

/** @typedef {import("../live/frameFormat.js").Frame} Frame */
/** @typedef {import("../live/momentOf.js").Moment} Moment */

/** A step in the past and its pictures, once they are here; null for now.
 * @type {import("@preact/signals-core").Signal<{step: number, epoch: number, frames: Record<string, Frame>} | null>} */
const past = signal(null);
/** The step that was chosen last; its pictures may still be on their way. */
export const chosen = signal(/** @type {number | null} */ (null));

/** Null where the document on the page has no run, nor was trained at once. @type {import("@preact/signals-core").ReadonlySignal<Moment | null>} */
export const moment = computed(() => {
  const run = own.value;
  if (!run && atOnce.value) {
    const { told, run: still } = atOnce.value;
    return momentOf({ step: told.steps, epoch: told.epoch, evaluations: still.evaluations }, null);
  }
  if (!run) return null;
  void run.evaluation.value;
  const now = momentOf({ step: run.step.value, epoch: run.epoch.value, evaluations: run.evaluations }, past.value);
  return now.past ? now : { ...now, evaluation: byHand(run) ?? now.evaluation };
});

/** The numbers of the moment: of the evaluation nearest to it. */
export const evaluation = computed(() => moment.value?.evaluation ?? null);
/** The moment where it lies in the past; null where now is shown, which moves on by itself. */
export const lookedAt = computed(() => (past.value ? moment.value : null));

/** What is drawn of each probe: the pictures of the moment; without a run, of what was trained at once, or of the
 * untrained network. */
export const frames = Object.fromEntries(
  PROBES.map((probe) => [
    probe,
    computed(() => {
      if (past.value) return past.value.frames[probe] ?? null;
      const untrained = atOnce.value ? atOnce.value.frames[probe] : pictures.value[probe];
      return own.value?.frames[probe]?.value ?? untrained ?? null;
    }),
  ]),
);

/** Shows a kept step, all panels at once, when its pictures are here; null shows now again. @param {number | null} step */
export async function travel(step) {
  chosen.value = step;
  const run = own.peek();
  const kept = run?.keptFrames.find((frame) => frame.step === step);
  if (!run || !kept) {
    past.value = null;
    return;
  }
  const found = await Promise.all(PROBES.map((probe) => run.frameAt(probe, kept.step)));
  if (chosen.peek() !== step || own.peek() !== run) return; // another was chosen meanwhile
  const named = found.flatMap((frame) => (frame ? [[frame.probe, frame]] : []));
  past.value = { step: kept.step, epoch: kept.epoch, frames: Object.fromEntries(named) };
}

effect(() => {
  void own.value;
  batch(() => {
    past.value = null;
    chosen.value = null;
  });
});

/** What a step by hand has just measured; null where the last step was none. @param {import("../live/run.js").Run} run */
function byHand(run) {
  const stepped = lastByHand(run);
  if (!stepped?.metrics || Object.keys(stepped.metrics).length === 0) return null;
  const last = run.evaluation.value;
  if (stepped.step <= (last?.step ?? -1)) return null;
  return { ...stepped, epoch: run.epoch.value, layers: last?.layers };
}
