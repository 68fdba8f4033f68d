/** The way from one network into the next: it leaves below the output of the one and ends at the name of the other. */

import { h } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/t.js";

const HEIGHT = 22; // pixels
const LEFT = 9; // where it ends
const BEND = 8;

/** @param {{from: string, title: string, back?: boolean}} props the name of the network that feeds, and what it is
 * called; `back` says that its gradient is coming back to it this way */
export function Siding({ from, title, back = false }) {
  const root = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [start, setStart] = useState(0);
  useLayoutEffect(() => {
    const own = root.current;
    const scroller = own?.parentElement?.querySelector(`.network[data-network="${CSS.escape(from)}"] .network-scroll`);
    const track = scroller?.firstElementChild;
    if (!own || !scroller || !track) return undefined;
    const measure = () => {
      const [box, view] = [own.getBoundingClientRect(), scroller.getBoundingClientRect()];
      const card = scroller.querySelector(".car-card.output")?.getBoundingClientRect();
      if (card) setStart(Math.min((card.left + card.right) / 2, view.right - BEND) - box.left);
    };
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(own);
    watcher.observe(track);
    scroller.addEventListener("scroll", measure);
    return () => (watcher.disconnect(), scroller.removeEventListener("scroll", measure));
  }, [from]);
  const middle = HEIGHT / 2;
  const way = `M${start} 0V${middle - BEND}q0 ${BEND} ${-BEND} ${BEND}H${LEFT + BEND}q${-BEND} 0 ${-BEND} ${BEND}V${HEIGHT}`;
  const low = middle + 5;
  const returning = `M${LEFT + BEND} ${low}H${start + 6 - BEND}q${BEND} 0 ${BEND} ${-BEND}V1`;
  return h(
    "div",
    { class: "siding", ref: root },
    start > 0 &&
      h(
        "svg",
        { "aria-hidden": "true", height: HEIGHT },
        h("path", { d: way }),
        h("path", { d: `M${LEFT - 4} ${HEIGHT - 6}l4 5l4 -5` }),
        back && h("path", { class: "back", d: returning }),
        back && h("path", { class: "back head", d: `M${start + 2} 6l4 -5l4 5` }),
      ),
    h(
      "span",
      null,
      back
        ? t("network", "the gradient goes back to {network}", { network: title })
        : t("network", "the answer of {network}", { network: title }),
    ),
  );
}
