/** Shapes as the server tells them: what one sample looks like at one place, with a name and a size for each axis. Pure. */

/** @typedef {{name: string, size: number}} Axis */
/** @typedef {{kind: string, axes: Axis[], units?: number, shown?: number[], text?: string}} Shape `units` are the neurons or channels
 * that it has, and `shown` those that are drawn; `text` says it in words */

/** The sizes of its tensor, one for each axis. @param {Shape | null | undefined} shape @returns {number[]} */
export const sizesOf = (shape) => shape?.axes.map(({ size }) => size) ?? [];

/** The size along an axis; undefined where it has no such axis.
 * @param {Shape | null | undefined} shape @param {string} name */
export const sizeOf = (shape, name) => shape?.axes.find((axis) => axis.name === name)?.size;

/** Height, width or length: the sizes of what a filter slides over. @param {Shape | null} shape @returns {number[]} */
export const slidOver = (shape) =>
  shape?.axes.flatMap(({ name, size }) => (channelled(shape) && name !== "channels" ? size : [])) ?? [];

/** Whether it is a picture: channels, height, width. @param {Shape | null | undefined} shape */
export const isImage = (shape) => shape?.kind === "image";

/** Whether it is a series: channels, length. @param {Shape | null | undefined} shape */
export const isRow = (shape) => shape?.kind === "series";

/** Whether it is tokens: numbers of symbols. @param {Shape | null | undefined} shape */
export const isTokens = (shape) => shape?.kind === "tokens";

/** Whether it is a flat list of numbers. @param {Shape | null | undefined} shape */
export const isFlat = (shape) => shape?.kind === "features";

/** How many numbers one sample has. @param {Shape | null} shape @returns {number | null} */
export function numbersOf(shape) {
  return shape ? sizesOf(shape).reduce((product, size) => product * size, 1) : null;
}

/** Whether it is a picture or a series: several numbers for each channel. @param {Shape | null} shape */
export const channelled = (shape) => sizeOf(shape, "channels") !== undefined;

/** Height and width of one channel; a series is one row. @param {Shape} shape @returns {[number, number]} */
export const sidesOf = (shape) => [
  sizeOf(shape, "height") ?? 1,
  sizeOf(shape, "width") ?? (isRow(shape) ? (sizeOf(shape, "length") ?? 1) : 1),
];

/** "16 × 8 × 8". @param {Shape | null | undefined} shape @param {string} [between] */
export const written = (shape, between = " × ") => sizesOf(shape).join(between);
