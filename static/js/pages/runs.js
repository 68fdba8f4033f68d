/** The runs page: find, name, compare and delete what was trained. */

import { h, render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { families } from "../api/parts.js";
import { language, languageReady, t } from "../i18n/t.js";
import { ENDS } from "../live/run.js";
import { statusWord } from "../live/stateWords.js";
import { Button, Select, TextField } from "../ui/controls.js";
import { LiveRegion } from "../ui/live.js";
import { Compare } from "./runs/compare.js";
import {
  deleteOnLeaving,
  filter,
  keepFresh,
  lineNumbers,
  more,
  order,
  reload,
  rows,
  selected,
  shown,
  state,
  tags,
} from "./runs/knownRuns.js";
import { keepParts } from "./runs/kindTitles.js";
import { Row } from "./runs/row.js";
import { Seats } from "./runs/seats.js";

const TYPING = 200; // milliseconds to wait while one types

function Page() {
  useEffect(keepFresh, []);
  useEffect(keepParts, []);
  useEffect(() => {
    const timer = setTimeout(reload, rows.peek().length ? TYPING : 0);
    return () => clearTimeout(timer);
  }, [filter.value]);
  return [
    h(
      "div",
      { class: "runs-page" },
      h(
        "section",
        { class: "runs-list", "aria-label": t("runs", "Runs") },
        h(Seats, null),
        h(Filters, null),
        h(List, null),
        h(ToComparison, null),
      ),
      h(Compare, null),
    ),
    h(LiveRegion, null),
  ];
}

/** The way to the comparison, which stands above a long list on a narrow screen. */
function ToComparison() {
  if (selected.value.length === 0) return null;
  return h(
    "a",
    { class: "button primary to-comparison", href: "#comparison" },
    t("runs", "Comparison"),
    ` (${selected.value.length}) ↑`,
  );
}

function Filters() {
  const { q, status, tag } = filter.value;
  /** @param {Partial<typeof filter.value>} change */
  const set = (change) => (filter.value = { ...filter.peek(), ...change });
  return h(
    "div",
    { class: "runs-filters" },
    h(TextField, {
      label: t("runs", "Search"),
      bare: true,
      value: q,
      placeholder: t("runs", "Search names, tags, notes, data"),
      attributes: { type: "search" },
      onInput: (text) => set({ q: text }),
    }),
    h(Select, {
      label: t("runs", "Status"),
      bare: true,
      inline: false,
      value: status,
      options: [
        { value: "", title: t("runs", "every status") },
        ...["queued", "running", "paused", ...ENDS].map((value) => ({ value, title: statusWord(value) })),
      ],
      onInput: (value) => set({ status: value }),
    }),
    h(Select, {
      label: t("runs", "Tag"),
      bare: true,
      inline: false,
      value: tag,
      options: [{ value: "", title: t("runs", "every tag") }, ...new Set([...tags.value, ...(tag ? [tag] : [])])].map(
        (option) => (typeof option === "string" ? { value: option, title: option } : option),
      ),
      onInput: (value) => set({ tag: value }),
    }),
    h(Select, {
      label: t("runs", "Order"),
      bare: true,
      inline: false,
      value: order.value,
      options: [
        { value: "newest", title: t("runs", "newest first") },
        { value: "best", title: t("runs", "lowest loss first") },
        { value: "name", title: t("runs", "by name") },
      ],
      onInput: (value) => (order.value = /** @type {import("./runs/knownRuns.js").Order} */ (value)),
    }),
  );
}

function List() {
  const end = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => {
    const watcher = new IntersectionObserver(
      (seen) => seen.some(({ isIntersecting }) => isIntersecting) && void more(),
      {
        rootMargin: "800px",
      },
    );
    watcher.observe(/** @type {HTMLDivElement} */ (end.current));
    return () => watcher.disconnect();
  }, [rows.value.length]);
  return [
    h(
      "ol",
      { class: "runs" },
      shown.value.map((run) =>
        h(Row, { key: run.id, run, line: lineNumbers.value[run.id], language: language.value, parts: families.value }),
      ),
    ),
    h("div", { class: "runs-end", ref: end, role: "status" }, h(Ending, null)),
  ];
}

function Ending() {
  const { q, status, tag } = filter.value;
  if (state.value === "loading") return t("runs", "One moment…");
  if (state.value === "failed") {
    return [t("runs", "The list could not be fetched."), " ", h(Button, { onClick: reload }, t("runs", "Try again"))];
  }
  if (shown.value.length) return state.value === "all" ? t("runs", "That is all.") : "";
  if (q || status || tag) {
    const clear = () => (filter.value = { q: "", status: "", tag: "" });
    return [t("runs", "No run is like that."), " ", h(Button, { onClick: clear }, t("runs", "Show all"))];
  }
  return [
    t("runs", "Nothing was trained yet."),
    " ",
    h("a", { class: "button primary", href: "/" }, t("runs", "Train a network")),
  ];
}

addEventListener("pagehide", deleteOnLeaving);
await languageReady();
const root = /** @type {HTMLElement} */ (document.getElementById("runs"));
root.replaceChildren();
render(h(Page, null), root);
