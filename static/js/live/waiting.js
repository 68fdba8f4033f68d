/** Which run a waiting one waits for, with what ends the wait. */

import { useComputed, useSignal } from "@preact/signals";
import { h } from "preact";
import { useEffect } from "preact/hooks";
import { get } from "../api/client.js";
import { formatDuration } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";
import { note } from "../ui/live.js";
import { sendCommand } from "./requests.js";

/** @typedef {import("./run.js").Run} Run */
/** @typedef {{id: string, name: string, status: string, owner: string}} Told */

const SOON = 500; // milliseconds of waiting that need no reason: the run before is just leaving

/** @param {{run: Run}} props */
export function Waiting({ run }) {
  const behind = useComputed(() => run.queue.value?.behind ?? null).value;
  const other = useSignal(/** @type {Told | null} */ (null));
  const mine = useSignal(false); // whether it is the same person's, who may end it
  useEffect(() => {
    if (!behind) return void (other.value = null);
    let left = false;
    const ask = async () => {
      const [told, own] = await Promise.all([behind, run.id].map((id) => get(`/api/runs/${encodeURIComponent(id)}`)));
      if (left) return;
      other.value = told;
      mine.value = told.owner === own.owner;
    };
    // It may have been deleted just now, or there is no line: the next state says for whom it waits. Of two runs that
    // end at about the same time now one is named, now the other: the former stays until the new one is known.
    const timer = setTimeout(() => ask().catch(() => null), other.peek() ? 0 : SOON);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [behind, run]);
  if (!behind || !other.value) return null;
  const { id, name, status } = other.value;
  const [before, after] = t("live", "This run waits for {link}.").split("{link}");
  const tell = (/** @type {string} */ kind) => () =>
    sendCommand(id, { kind }).catch((/** @type {Error} */ problem) => note(problem.message));
  return h(
    "aside",
    { class: "waiting", "aria-label": t("live", "Why this run waits"), role: "status" },
    h(
      "p",
      null,
      before,
      h("a", { href: `/?run=${encodeURIComponent(id)}`, target: "_blank" }, name || t("live", "an untitled run")),
      after,
      " ",
      h(Time, { run }),
    ),
    mine.value && status !== "queued" && h(Button, { icon: "pause", onClick: tell("pause") }, t("live", "Pause it")),
    mine.value && h(Button, { icon: "stop", onClick: tell("stop") }, t("live", "Stop it")),
  );
}

/** Apart from the rest, because it changes each second. @param {{run: Run}} props */
function Time({ run }) {
  const seconds = run.queue.value?.expectedSeconds ?? null;
  if (seconds === null) return null;
  return h("span", { "aria-live": "off" }, t("live", "It takes about {time} more.", { time: formatDuration(seconds) }));
}
