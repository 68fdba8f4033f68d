/** The layers of a train in a row, each with where it stands in the diagram. Pure. */

/** @typedef {import("./cars.js").Car} Car */
/** A layer of the strip: `height` grows with its units, `middle` is where its column stands in the diagram, in pixels;
 * `apart` says that a block begins with it.
 * @typedef {{car: Car, part: "end" | "learned" | "plain", height: number, middle: number, apart: boolean}} Stop */

/** @param {import("./cars.js").Train} train @param {import("./layout.js").Layout} layout @returns {Stop[]} */
export function stopsOf({ input, cars, output }, { columns }) {
  const middleOf = (/** @type {Car} */ car, /** @type {number} */ within) => {
    const column = columns.find((candidate) => candidate.car === car || candidate.cars.includes(car));
    return column ? column.left + column.card / 2 : within;
  };
  /** @param {Car} car @param {number} within where what holds it stands @param {boolean} apart @returns {Stop[]} */
  const stops = (car, within, apart) => {
    const middle = middleOf(car, within);
    const inner = car.inner.flatMap((nested, at) => stops(nested, middle, at === 0));
    if (inner.length > 0) return inner;
    const part = car.role === "car" || car.role === "container" ? (car.parameters > 0 ? "learned" : "plain") : "end";
    return [{ car, part, height: Math.log2(1 + (car.units ?? 1)), middle, apart }];
  };
  const all = cars.flatMap((car, at) => stops(car, 0, car.role === "container" || cars[at - 1]?.role === "container"));
  return [...stops(input, 0, false), ...all, ...stops(output, 0, true)];
}
