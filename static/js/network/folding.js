/** What is folded and unfolded in the diagram, and the room that an open neuron card takes. Pure. */

/** @typedef {import("./cars.js").Car} Car */

/** @param {ReadonlySet<string>} open @param {string} key @param {import("./layout.js").Layout} layout */
export function toggled(open, key, layout) {
  const next = new Set(open);
  const shownNow = layout.frames.some((frame) => frame.key === key);
  next.delete(key);
  next.delete(`-${key}`);
  next.add(shownNow ? `-${key}` : key);
  return next;
}

/** @param {import("./layout.js").Layout} layout @param {Car} car */
export function unfolded(layout, car) {
  return car.inner.length === 0 || layout.frames.some((frame) => frame.key === car.path);
}

/** Room at the right for a card that must not cover its neuron.
 * @param {import("./layout.js").Layout} layout @param {number} column */
export function cardRoom(layout, column) {
  const { x, width } = layout.columns[column];
  return Math.max(0, x + width / 2 + 24 + 346 * layout.scale - layout.width);
}
