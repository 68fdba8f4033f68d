/** Asks the server about the document while it is edited: problems, shapes, the picture before training, the data. */

import { batch, computed, effect, signal, untracked } from "@preact/signals-core";
import { ApiProblem, post, postForBytes } from "../api/client.js";
import { written } from "../api/shapes.js";
import { splitFrames } from "../live/frameFormat.js";
import { language } from "../i18n/t.js";
import { carried, completed } from "../network/carried.js";
import { experiment, upgrade } from "./document.js";
import { instant } from "./instant.js";

/** @typedef {import("../live/frameFormat.js").Frame} Frame */
/** @typedef {import("../network/cars.js").Entry} Entry */
/** @typedef {{ok: boolean, upgraded: any, networks: Record<string, any[]>, totals: Record<string, number>, problems: import("../api/client.js").Problem[],
 *   hints: import("../api/client.js").Problem[], schedule?: {epoch: number[], factor: number[]}, data?: any,
 *   tasks?: Record<string, import("../api/client.js").Edit[]>, losses?: string[], probes?: string[],
 *   live?: Record<string, import("./liveEdits.js").Allowed>, live_groups?: string[], shown?: string[]}} Report
 *   `live`: what a run can take while it goes on; `tasks`: others that fit the data, with the edits that choose them; `losses`: those that fit the task */

const QUIET = 120; // milliseconds without an edit before it is asked

/** @type {import("@preact/signals-core").Signal<Report | null>} */
export const report = signal(null);
/** What was told of the layers of each network of a document, by the newest report and those before it.
 * @type {import("@preact/signals-core").Signal<{networks: Record<string, any>, entries: Record<string, Entry[]>}>} */
const known = signal({ networks: {}, entries: {} });
/** The same of the document as it stands now, by network. */
export const told = computed(() => carriedTo(experiment.value.networks ?? {}));
/** The newest preview, and the newest frames of the untrained network by probe, each with the data that it is `of`. */
const shown = signal({ of: "", preview: /** @type {any} */ (null) });
const drawn = signal({ of: "", frames: /** @type {Record<string, Frame>} */ ({}) });
export const preview = computed(() => shown.value.preview);
/** The frames of the untrained network, by probe. */
export const pictures = computed(() => (isReadable(drawn.value.of) ? drawn.value.frames : {}));
/** The probes that fit, as soon as that is told of the data that are shown. @type {import("@preact/signals-core").ReadonlySignal<string[]>} */
export const probes = computed(() => {
  const [wanted, here] = [report.value?.data?.shape, preview.value?.shape];
  const same = wanted?.kind === here?.kind && written(wanted) === written(here);
  return same && isReadable(shown.value.of) ? (report.value?.probes ?? NONE) : NONE;
});
/** @type {string[]} */
const NONE = [];
/** What is wrong with the data and is seen only where they are opened. @type {import("@preact/signals-core").Signal<import("../api/client.js").Problem[]>} */
export const openedProblems = signal([]);
/** What kept the newest question from being answered, in words; "" where nothing did. */
export const trouble = signal("");

/** Whether what is known of these data can be read with the preview and the document as they are now: numbers can, but
 * tokens only with their own vocabulary. @param {string} of */
function isReadable(of) {
  return !preview.value?.vocabulary?.length || of === dataOf(experiment.value);
}

/** @param {any} document */
const dataOf = (document) => JSON.stringify(document.dataset);

/** Checks at once and after every edit. @returns {() => void} ends it */
export function startChecking() {
  let timer = 0;
  let first = true;
  /** @type {AbortController | null} */
  let asked = null;
  let lastData = "";
  const ask = async () => {
    asked?.abort();
    const own = (asked = new AbortController());
    const document = experiment.peek();
    const data = dataOf(document) + language.peek();
    const wishes = [
      check(document, own.signal).then((known) =>
        known.ok && !instant.peek() ? draw(document, own.signal) : undefined,
      ),
    ];
    if (data !== lastData) wishes.push(show(document, own.signal).then(() => void (lastData = data)));
    const answers = await Promise.allSettled(wishes);
    if (own.signal.aborted) return;
    const failed = answers.find((answer) => answer.status === "rejected" && !refused(answer.reason));
    trouble.value = failed?.status === "rejected" ? String(failed.reason.message) : "";
  };
  const stop = effect(() => {
    void instant.value; // while it is on, the untrained network is not drawn
    if (Object.keys(experiment.value).length === 0 || !language.value) return;
    clearTimeout(timer);
    if (first) void untracked(ask);
    else timer = window.setTimeout(ask, QUIET);
    first = false;
  });
  return () => {
    stop();
    clearTimeout(timer);
    asked?.abort();
  };
}

/** Whether the server said no to the document, which the report tells anyway. @param {unknown} reason */
function refused(reason) {
  return reason instanceof ApiProblem && reason.status === 422;
}

/** @param {any} document @param {AbortSignal} signal @returns {Promise<Report>} */
async function check(document, signal) {
  const start = performance.now();
  const answer = await post("/api/experiments/check", { experiment: document }, { signal });
  if (signal.aborted) return answer;
  globalThis.document.body.dataset.checkMilliseconds = (performance.now() - start).toFixed(0); // for tests
  const { networks = {} } = document;
  const before = carriedTo(networks);
  const entriesOf = (/** @type {string} */ name) => {
    const [older, newest] = [before[name] ?? [], /** @type {Entry[] | undefined} */ (answer.networks[name])];
    return newest ? completed(older, newest) : older; // where the data do not fit, nothing is told of any network
  };
  batch(() => {
    known.value = {
      networks,
      entries: Object.fromEntries(Object.keys(networks).map((name) => [name, entriesOf(name)])),
    };
    report.value = answer;
    if (answer.upgraded && experiment.peek() === document) upgrade(answer.upgraded);
  });
  return answer;
}

/** What is known, at the places of these networks.
 * @param {Record<string, any>} networks @returns {Record<string, Entry[]>} */
function carriedTo(networks) {
  const { networks: before, entries } = known.value;
  const names = Object.keys(entries).filter((name) => name in networks);
  return Object.fromEntries(
    names.map((name) => [name, carried(entries[name], `/networks/${name}`, before[name], networks[name])]),
  );
}

/** @param {any} document @param {AbortSignal} signal */
async function draw(document, signal) {
  const bytes = await postForBytes("/api/experiments/picture", { experiment: document }, { signal });
  if (signal.aborted) return;
  const frames = Object.fromEntries(splitFrames(bytes).map((frame) => [frame.probe, frame]));
  drawn.value = { of: dataOf(document), frames };
}

/** @param {any} document @param {AbortSignal} signal */
async function show(document, signal) {
  try {
    const answer = await post("/api/datasets/preview", { dataset: document.dataset }, { signal });
    if (signal.aborted) return;
    shown.value = { of: dataOf(document), preview: answer };
    openedProblems.value = [];
  } catch (problem) {
    if (refused(problem)) {
      shown.value = { of: "", preview: null }; // rather nothing than samples of another dataset
      openedProblems.value = /** @type {ApiProblem} */ (problem).problems;
    }
    throw problem;
  }
}
