/** Tabs over a chart. */

import { computed } from "@preact/signals";
import { h } from "preact";
import { useMemo } from "preact/hooks";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";

/** @typedef {import("../live/run.js").Run} Run */

/** @param {{tabs: {id: string, title: string}[], tab: import("@preact/signals").Signal<string>}} props */
export function TabList({ tabs, tab }) {
  /** @param {KeyboardEvent & {currentTarget: HTMLElement}} event */
  const move = (event) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!by) return;
    event.preventDefault();
    const at = tabs.findIndex(({ id }) => id === tab.value);
    tab.value = tabs[(at + by + tabs.length) % tabs.length].id;
    /** @type {HTMLElement | undefined} */ (
      event.currentTarget.children[(at + by + tabs.length) % tabs.length]
    )?.focus();
  };
  return h(
    "div",
    { class: "tabs", role: "tablist", "aria-label": t("charts", "Curves"), onKeyDown: move },
    tabs.map(({ id, title }) =>
      h(
        Button,
        {
          key: id,
          look: "quiet",
          class: "tab",
          onClick: () => (tab.value = id),
          attributes: { role: "tab", "aria-selected": id === tab.value, tabIndex: id === tab.value ? 0 : -1 },
        },
        title,
      ),
    ),
  );
}

/** Draws the caller again when a run has a metric that it had not before. @param {Run[]} runs */
export function useMetricNames(runs) {
  const names = useMemo(
    () =>
      computed(() =>
        runs
          .flatMap((run) => {
            void [run.evaluation.value, run.speed.value];
            return [...Object.keys(run.metrics.store), ...Object.keys(run.columns.store)];
          })
          .join(),
      ),
    [runs.map(({ id }) => id).join()],
  );
  return names.value;
}
