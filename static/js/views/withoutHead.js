/** One head of attention switched off: what the network loses without it. */

import { h } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/t.js";
import { formatMetric, metricTitle } from "../live/metricNames.js";
import { Toggle } from "../ui/controls.js";
import { TableHead } from "../ui/tableHead.js";
import { askOnce } from "./askOnce.js";

/** Metrics with and without the head, over so many samples of a split.
 * @typedef {{split: string, samples: number, with: Record<string, any>, without: Record<string, any>}} Compared */

/** A switch, and what comes of it. @param {{run: import("../live/run.js").Run, attention: number, head: number,
 *   step: number}} props `attention` and `head` count from 0; asked is the network as last kept up to the step */
export function WithoutHead({ run, attention, head, step }) {
  const [on, setOn] = useState(false);
  const [told, setTold] = useState(/** @type {{step: number, part: Compared} | null} */ (null));
  const [trouble, setTrouble] = useState("");
  const saved = run.checkpoint.value !== null;
  const turn = (/** @type {boolean} */ wanted) => {
    setOn(wanted);
    setTrouble("");
    if (!wanted) setTold(null);
  };
  useEffect(() => {
    if (!on || !saved) return;
    const asked = new AbortController();
    const question = { kind: "without_head", attention: attention + 1, head: head + 1, step };
    askOnce(run.id, question, asked.signal)
      .then((found) => asked.signal.aborted || setTold(found))
      .catch((problem) => asked.signal.aborted || setTrouble(String(problem.message)));
    return () => asked.abort();
  }, [run.id, on, saved, attention, head]);
  return h(
    "div",
    { class: "without-head" },
    h(Toggle, { label: t("views", "Without this head"), value: on, onInput: turn }),
    h(
      "p",
      { class: "quiet", role: "status" },
      on && !saved && t("views", "You can ask once the network has been saved for the first time."),
      trouble,
    ),
    on && told && h(HeadCompared, { part: told.part }),
    on && told && h("p", { class: "quiet" }, t("views", "as it was at step {step}", { step: told.step })),
  );
}

/** What the network measures with the head and without it. @param {{part: Compared}} props */
export function HeadCompared({ part }) {
  const names = Object.keys(part.with);
  return h(
    "table",
    { class: "head-compared" },
    h(
      "caption",
      { class: "quiet" },
      t("views", "Over {count} samples. What the head finds is set to 0; everything else stays as it was learned.", {
        count: String(part.samples),
      }),
    ),
    h(TableHead, { titles: ["", t("views", "with it"), t("views", "without")] }),
    h(
      "tbody",
      null,
      names.map((name) =>
        h(
          "tr",
          { key: name },
          h("th", { scope: "row" }, metricTitle(`${part.split}_${name}`)),
          h("td", null, formatMetric(name, part.with[name])),
          h("td", null, formatMetric(name, part.without[name])),
        ),
      ),
    ),
  );
}
