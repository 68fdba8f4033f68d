/** A chart on the page: drawn at most once a frame, and only when something it shows has changed. */

import { useSignalEffect } from "@preact/signals";
import { h } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { language } from "../i18n/t.js";
import { create, destroy, update } from "./plot.js";
import { sharedAxis, view } from "./curveView.js";

/** @typedef {import("./plot.js").Plot} Plot */

/**
 * @param {object} props
 * @param {import("../live/run.js").Run[]} props.runs whose news make it draw again
 * @param {() => import("./plot.js").Chart} props.make
 * @param {string} props.label what it shows, spoken
 * @param {{current: Plot | null}} props.plot filled for those who zoom or export
 * @param {import("@preact/signals").Signal<boolean>} props.zoomed
 * @param {boolean} [props.shares] tells its axis to the scrubber
 */
export function ChartView({ runs, make, label, plot, zoomed, shares = false }) {
  const root = useRef(/** @type {HTMLDivElement | null} */ (null));
  const waiting = useRef(0);
  const newest = useRef(make);
  newest.current = make;
  const draw = () => {
    waiting.current ||= requestAnimationFrame(() => {
      waiting.current = 0;
      if (plot.current) update(plot.current, newest.current());
    });
  };
  useEffect(() => {
    plot.current = create(/** @type {HTMLDivElement} */ (root.current), (moved) => {
      zoomed.value = moved.zoom !== null;
      if (shares) share(moved);
    });
    return () => {
      cancelAnimationFrame(waiting.current);
      if (plot.current) destroy(plot.current);
      plot.current = null;
    };
  }, []);
  const ids = runs.map(({ id }) => id).join();
  useEffect(() => {
    if (plot.current) plot.current.zoom = null;
  }, [ids, view.value.along]);
  useEffect(draw);
  useEffect(() => {
    const stops = runs.map((run) => run.version.subscribe(draw));
    return () => stops.forEach((stop) => stop());
  }, [ids]);
  useSignalEffect(() => {
    void view.value;
    void language.value;
    draw();
  });
  return h("div", { class: "chart", ref: root, role: "img", "aria-label": label });
}

/** @param {Plot} plot */
function share({ uplot, chart, zoom }) {
  if (!uplot) return;
  const { min, max } = uplot.scales.x;
  const axis = {
    along: view.peek().along,
    log: chart.x.log,
    from: min ?? 0,
    to: max ?? 1,
    left: uplot.bbox.left / devicePixelRatio,
    width: uplot.bbox.width / devicePixelRatio,
    zoomed: zoom !== null,
  };
  if (JSON.stringify(axis) !== JSON.stringify(sharedAxis.peek())) sharedAxis.value = axis;
}
