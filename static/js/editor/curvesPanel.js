/** How it went: the curves of the run, and the scrubber through its kept pictures. */

import { h } from "preact";
import { Curves } from "../charts/curves.js";
import { Scrubber } from "../charts/scrubber.js";
import { t } from "../i18n/t.js";
import { openings, run } from "./currentRun.js";
import { name } from "./document.js";
import { Panel } from "./panel.js";

/** @param {{onFrame: (step: number | null) => void}} props */
export function CurvesPanel({ onFrame }) {
  const now = run.value;
  return h(
    Panel,
    { name: "curves", title: t("page", "Curves") },
    h(Curves, {
      runs: now ? [{ run: now, title: name.value || t("page", "This run") }] : [],
      testOpened: openings.value > 0,
    }),
    now && h(Scrubber, { run: now, onFrame }),
  );
}
