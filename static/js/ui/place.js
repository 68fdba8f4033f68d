/** Where a floating card stands: beside its anchor, never over it, never outside the window. Pure. */

/** @typedef {{left: number, top: number, right: number, bottom: number}} Box in pixels */
/** @typedef {{width: number, height: number}} Size in pixels */

const GAP = 8; // pixels between anchor and card
const EDGE = 8; // pixels between card and window

/**
 * The first side with room enough, else the one with most; the card is cut to what room there is.
 * @param {Box} anchor
 * @param {Size} card
 * @param {Size} window
 * @param {("below" | "above" | "right" | "left")[]} [sides] in the order of preference
 * @returns {{left: number, top: number, maxHeight: number, side: string}}
 */
export function placeBeside(anchor, card, window, sides = ["below", "above", "right", "left"]) {
  const room = {
    below: window.height - anchor.bottom - GAP - EDGE,
    above: anchor.top - GAP - EDGE,
    right: window.width - anchor.right - GAP - EDGE,
    left: anchor.left - GAP - EDGE,
  };
  const wanted = { below: card.height, above: card.height, right: card.width, left: card.width };
  const fitting = sides.find((side) => room[side] >= wanted[side]);
  const side =
    fitting ?? sides.reduce((best, next) => (room[next] / wanted[next] > room[best] / wanted[best] ? next : best));
  const upright = side === "below" || side === "above";
  const maxHeight = Math.max(120, upright ? room[side] : window.height - 2 * EDGE);
  const height = Math.min(card.height, maxHeight);
  const left = upright
    ? anchor.left + (anchor.right - anchor.left - card.width) / 2
    : side === "right"
      ? anchor.right + GAP
      : anchor.left - GAP - card.width;
  const top = side === "below" ? anchor.bottom + GAP : side === "above" ? anchor.top - GAP - height : anchor.top;
  return {
    left: between(left, EDGE, window.width - card.width - EDGE),
    top: between(top, EDGE, window.height - height - EDGE),
    maxHeight,
    side,
  };
}

/** @param {number} value @param {number} low @param {number} high */
function between(value, low, high) {
  return Math.max(low, Math.min(value, high));
}
