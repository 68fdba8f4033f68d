/** The moment that all panels speak of, as one dark pill wherever it is told. */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";
import { epochText } from "../live/stateWords.js";
import { starting } from "./currentRun.js";
import { fork } from "./forking.js";
import { lookedAt, moment, travel } from "./moment.js";

/** Where a panel shows a moment in the past. */
export function MomentPill() {
  const at = lookedAt.value;
  return at && h("span", { class: "pill" }, t("live", "epoch {number}", { number: epochText(at.epoch) }));
}

/** The moment of the numbers, with what can be done from one in the past. */
export function MomentHead() {
  const at = moment.value;
  if (!at) return null;
  const [now, measured] = [at, at.evaluation ?? at].map(({ epoch }) => epochText(epoch));
  return h(
    "p",
    { class: "moment-head" },
    h("span", { class: "pill" }, t("live", "epoch {number}", { number: now })),
    !at.past &&
      measured !== now &&
      h(
        "small",
        { class: "quiet", "aria-hidden": "true" }, // the tiles say it, too
        t("views", "Measured at epoch {epoch}", { epoch: measured }),
      ),
    at.past && [
      h(
        Button,
        {
          key: "fork",
          disabled: starting.value,
          title: t("charts", "Another run that goes on from here. It waits, so that you can change a setting first."),
          onClick: () => void fork(at.step),
        },
        t("charts", "Fork from here"),
      ),
      h(Button, { key: "now", onClick: () => void travel(null) }, t("charts", "To now")),
    ],
  );
}
