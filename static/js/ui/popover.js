/** A card that opens beside its trigger: never over it; Escape, a click and a Tab elsewhere close it; focus comes back. */

import { Fragment, h } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useEscape } from "./escape.js";
import { useName } from "./ids.js";
import { placeBeside } from "./place.js";

/** @typedef {("below" | "above" | "right" | "left")[]} Sides */

/**
 * @param {object} props
 * @param {(attributes: Record<string, any>) => any} props.trigger draws the button; it must take the attributes
 * @param {string} props.label the name of the card, spoken
 * @param {string} [props.class]
 * @param {Sides} [props.sides]
 * @param {any} props.children a function from `close` to what is drawn while open
 */
export function Popover({ trigger, label, class: name = "", sides, children }) {
  const id = useName();
  const [open, setOpen] = useState(false);
  const anchor = useRef(/** @type {HTMLElement | null} */ (null));
  const close = () => setOpen(false);
  return h(
    Fragment,
    null,
    trigger({
      ref: anchor,
      title: label,
      "aria-haspopup": "dialog",
      "aria-expanded": open,
      "aria-controls": open ? id : undefined,
      onClick: () => setOpen(!open),
    }),
    open &&
      h(Floating, {
        id,
        label,
        anchor: () => anchor.current,
        onClose: close,
        class: name,
        sides,
        children: () => children(close),
      }),
  );
}

/**
 * The open card itself, for triggers that Popover cannot draw. It lives in the browser's top layer.
 * @param {object} props
 * @param {() => Element | null} props.anchor
 * @param {string} props.label
 * @param {() => void} props.onClose
 * @param {any} props.children a function that draws
 * @param {string} [props.id]
 * @param {string} [props.class]
 * @param {Sides} [props.sides]
 * @param {boolean} [props.stays] only Escape closes it, and who opened it
 */
export function Floating({ anchor, label, onClose, children, id, class: name = "", sides, stays = false }) {
  const card = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    const element = /** @type {HTMLElement} */ (card.current);
    const before = document.activeElement;
    element.showPopover();
    const settle = () => settleBeside(element, anchor(), sides);
    settle();
    const watcher = new ResizeObserver(settle);
    watcher.observe(element);
    addEventListener("resize", settle);
    addEventListener("scroll", settle, true);
    /** @type {HTMLElement} */ (element.querySelector("[data-first]") ?? element).focus({ preventScroll: true });
    return () => {
      watcher.disconnect();
      removeEventListener("resize", settle);
      removeEventListener("scroll", settle, true);
      if (element.contains(document.activeElement) || document.activeElement === document.body) {
        if (before instanceof HTMLElement) before.focus({ preventScroll: true });
      }
    };
  }, []);
  useOutside(card, anchor, onClose, stays);
  useEscape(card, onClose);
  return h(
    "div",
    {
      ref: card,
      id,
      popover: "manual",
      role: "dialog",
      "aria-label": label,
      tabIndex: -1,
      class: `popover ${name}`,
    },
    children(),
  );
}

/** @param {HTMLElement} card @param {Element | null} anchor @param {Sides} [sides] */
function settleBeside(card, anchor, sides) {
  if (!anchor) return;
  const size = { width: card.offsetWidth, height: card.scrollHeight + 2 };
  const page = { width: document.documentElement.clientWidth, height: innerHeight };
  const place = placeBeside(anchor.getBoundingClientRect(), size, page, sides);
  card.style.left = `${place.left}px`;
  card.style.top = `${place.top}px`;
  card.style.maxHeight = `${place.maxHeight}px`;
  card.dataset.side = place.side;
}

/**
 * @param {{current: HTMLElement | null}} card
 * @param {() => Element | null} anchor
 * @param {() => void} onClose
 * @param {boolean} stays
 */
function useOutside(card, anchor, onClose, stays) {
  useEffect(() => {
    if (stays) return undefined;
    /** @param {Event} event */
    const outside = (event) => {
      const target = /** @type {Node} */ (event.target);
      const nested = target instanceof Element && target.closest("[popover], dialog");
      if (card.current?.contains(target) || anchor()?.contains(target) || (nested && nested !== card.current)) return;
      onClose();
    };
    const leaving = ["pointerdown", "focusin"]; // by Tab too
    for (const type of leaving) document.addEventListener(type, outside, true);
    return () => {
      for (const type of leaving) document.removeEventListener(type, outside, true);
    };
  });
}
