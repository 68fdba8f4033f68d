/** Keeps asking the server what using this data would mean, while a person still chooses. */

import { useEffect, useRef, useState } from "preact/hooks";
import { experiment } from "../editor/document.js";
import { plan } from "./fitting.js";

/** @typedef {import("./fitting.js").Plan} Plan */
/** `planned` is the newest answer, `trouble` what kept the server from giving one; `settle` waits for the answer to what
 * is chosen now. @typedef {{planned: Plan | null, trouble: string, settle: () => Promise<Plan>, keep: boolean,
 *   setKeep: (keep: boolean) => void}} Planning */

const QUIET = 200; // milliseconds without a change before it is asked

/**
 * @param {Record<string, any>} dataset
 * @param {import("./fitting.js").Task} task
 * @param {() => boolean} keeps whether the network of the document stays, if it fits, until somebody chooses
 * @returns {Planning}
 */
export function usePlan(dataset, task, keeps) {
  const [keep, setKeep] = useState(keeps);
  const [state, setState] = useState({ planned: /** @type {Plan | null} */ (null), trouble: "" });
  const wish = JSON.stringify([dataset, task, keep]);
  const answered = useRef("");
  const ask = async (/** @type {AbortSignal} */ signal) => {
    const planned = await plan(experiment.peek(), { dataset, task, keep }, signal);
    answered.current = wish;
    setState({ planned, trouble: "" });
    return planned;
  };
  useEffect(() => {
    const stopped = new AbortController();
    const failed = (/** @type {Error} */ problem) =>
      stopped.signal.aborted || setState((now) => ({ ...now, trouble: problem.message }));
    const timer = setTimeout(() => ask(stopped.signal).catch(failed), QUIET);
    return () => {
      clearTimeout(timer);
      stopped.abort();
    };
  }, [wish]);
  const settle = async () =>
    answered.current === wish && state.planned ? state.planned : ask(new AbortController().signal);
  return { ...state, settle, keep, setKeep };
}
