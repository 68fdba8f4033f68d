/** The whole train in one strip: every layer a small car, the part in view framed. A press or the arrow keys go there. */

import { h } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { t } from "../i18n/t.js";
import { Button } from "../ui/buttons.js";
import { titleOf } from "./names.js";
import { stopsOf } from "./stops.js";

/** @typedef {import("./layout.js").Layout} Layout */

const LEAST = 5; // so few cars need no strip
const SLACK = 16; // pixels by which the track may be wider than what is seen of it
const STEP = 120; // pixels that an arrow key goes

/** @param {{train: import("./cars.js").Train, layout: Layout, scroller: {current: HTMLElement | null}, id: string,
 *   fit: boolean, onFit: (fit: boolean) => void}} props `fit`: whether the train is folded as far as the window wants */
export function Route({ train, layout, scroller, id, fit, onFit }) {
  const [view, setView] = useState({ left: 0, width: layout.width, free: layout.width });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const look = () => setView(seenOf(element));
    look();
    const settled = requestAnimationFrame(look); // what is pinned over it stands then
    const watcher = new ResizeObserver(look);
    watcher.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      cancelAnimationFrame(settled);
      watcher.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [layout]);
  const wide = layout.width > view.width + SLACK;
  if (!wide && !fit && !folded(layout)) return null;
  const stops = stopsOf(train, layout);
  if (stops.length < LEAST) return null;
  const seen = stops.filter(({ middle }) => middle >= view.left && middle <= view.left + view.free);
  const [first, last] = [stops.indexOf(seen[0]), stops.indexOf(seen[seen.length - 1])];
  const most = Math.max(...stops.map(({ height }) => height));
  const go = (/** @type {PointerEvent} */ event) => {
    const box = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
    const at = Math.floor(((event.clientX - box.left) / box.width) * stops.length);
    const stop = stops[Math.min(stops.length - 1, Math.max(0, at))];
    scroller.current?.scrollTo({ left: stop.middle - view.free / 2 });
  };
  return h(
    "div",
    { class: "route" },
    h(
      "div",
      {
        class: "route-cars",
        role: "scrollbar",
        tabIndex: 0,
        "aria-label": t("network", "The whole network"),
        "aria-controls": id,
        "aria-orientation": "horizontal",
        "aria-valuemin": 0,
        "aria-valuemax": Math.max(0, Math.round(layout.width - view.width)),
        "aria-valuenow": Math.round(view.left),
        onPointerDown: (/** @type {PointerEvent} */ event) => {
          /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
          go(event);
        },
        onPointerMove: (/** @type {PointerEvent} */ event) => event.buttons && go(event),
        onKeyDown: (/** @type {KeyboardEvent} */ event) => {
          const by = { ArrowLeft: -STEP, ArrowRight: STEP, Home: -layout.width, End: layout.width }[event.key];
          if (!by) return;
          event.preventDefault();
          scroller.current?.scrollBy({ left: by });
        },
      },
      stops.map(({ car, part, height, apart }) =>
        h("i", {
          key: `${car.role} ${car.path}`,
          class: `${part}${apart ? " apart" : ""}`,
          title: titleOf(car),
          style: { height: `${Math.round(25 + (75 * height) / (most || 1))}%` },
        }),
      ),
      wide &&
        first >= 0 &&
        h("b", {
          class: "route-view",
          style: { left: `${(100 * first) / stops.length}%`, width: `${(100 * (last + 1 - first)) / stops.length}%` },
        }),
    ),
    h(
      Button,
      {
        look: "quiet",
        pressed: fit,
        title: t("network", "Fold the network so that all of it is in view"),
        onClick: () => onFit(!fit),
      },
      t("network", "Fit to view"),
    ),
  );
}

/** @param {Layout} layout */
const folded = ({ columns }) => columns.some(({ style }) => style === "stack");

/** @param {HTMLElement} scroller */
function seenOf(scroller) {
  const pinned = /** @type {HTMLElement | null} */ (scroller.querySelector(".network-edge"));
  return {
    left: scroller.scrollLeft,
    width: scroller.clientWidth,
    free: scroller.clientWidth - (pinned?.offsetWidth ?? 0),
  };
}
