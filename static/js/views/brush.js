/** Strokes of a brush as the pixels of a dataset: smooth at their edges, averaged over blocks, centred if wished. Pure. */

/** A place on the picture in its own pixels, and how wide the pen is there: 1 is as chosen.
 * @typedef {[number, number, number]} Touch */
/** `width` in pixels of the picture; `colour` is one number 0..1 for each channel.
 * @typedef {{touches: Touch[], width: number, colour: number[]}} Stroke */
/** Where the drawings of a dataset lie: the longer side of their ink, and its centre of mass, in pixels.
 * @typedef {{side: number, x: number, y: number}} Usual */

const FINE = 64; // cells along the longer side of a picture, before they are averaged to its pixels
const FEWEST = 2; // cells along a pixel
const INK = 0.2; // of full ink; a pixel with less is the edge of a stroke
const STRETCH = [0.4, 4]; // by how much a drawing is made smaller or larger

/**
 * The picture (channels × height × width, 0..1, row by row) that strokes make.
 * @param {Stroke[]} strokes
 * @param {number[]} shape channels, height, width
 * @param {{ground?: ArrayLike<number> | null, usual?: Usual | null}} [how] `ground` is a picture to draw on; with
 *   `usual` the drawing is stretched and moved to lie as those of the dataset do
 * @returns {Float32Array}
 */
export function pixelsOf(strokes, shape, { ground = null, usual = null } = {}) {
  return painted(usual && !ground ? settled(strokes, shape, usual) : strokes, shape, ground);
}

/**
 * How drawings lie on their pictures, on average; null where no picture has ink.
 * @param {ArrayLike<number>[]} pictures one channel, row by row, 0..`white`
 * @param {number[]} shape channels, height, width @param {number} white @returns {Usual | null}
 */
export function usualOf(pictures, shape, white) {
  const found = pictures.flatMap((levels) => inkOf(levels, shape, white) ?? []);
  if (found.length === 0) return null;
  const mean = (/** @type {(ink: Usual) => number} */ pick) =>
    found.reduce((sum, ink) => sum + pick(ink), 0) / found.length;
  return { side: mean(({ side }) => side), x: mean(({ x }) => x), y: mean(({ y }) => y) };
}

/** The strokes, as large and in the same place as usual, wholly on the picture where they fit.
 * @param {Stroke[]} strokes @param {number[]} shape @param {Usual} usual @returns {Stroke[]} */
function settled(strokes, shape, usual) {
  const box = boxOf(strokes);
  if (!box) return strokes;
  const extent = Math.max(box.right - box.left, box.bottom - box.top);
  const wanted = (usual.side - box.width) / (extent || 1);
  const stretch = extent > 0 ? Math.min(STRETCH[1], Math.max(STRETCH[0], wanted)) : 1;
  const [, height, width] = shape;
  const middle = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const inside = moved(strokes, ([x, y]) => [
    (x - middle[0]) * stretch + width / 2,
    (y - middle[1]) * stretch + height / 2,
  ]);
  const mass = inkOf(painted(inside, shape, null), shape, 1);
  if (!mass) return inside;
  const slack = (/** @type {number} */ size, /** @type {number} */ own) =>
    Math.max(0, (size - own * stretch - box.width) / 2);
  const right = within(usual.x - mass.x, slack(width, box.right - box.left));
  const down = within(usual.y - mass.y, slack(height, box.bottom - box.top));
  return moved(inside, ([x, y]) => [x + right, y + down]);
}

/** @param {number} value @param {number} limit */
const within = (value, limit) => Math.min(limit, Math.max(-limit, value));

/** @param {Stroke[]} strokes @param {(touch: Touch) => [number, number]} place @returns {Stroke[]} */
function moved(strokes, place) {
  return strokes.map((stroke) => ({
    ...stroke,
    touches: stroke.touches.map((touch) => /** @type {Touch} */ ([...place(touch), touch[2]])),
  }));
}

/** Where strokes of ink run, without their own width, and how wide the widest is; null without ink.
 * @param {Stroke[]} strokes */
function boxOf(strokes) {
  const inked = strokes.filter(({ colour }) => colour.some((level) => level > 0));
  const touches = inked.flatMap((stroke) => stroke.touches);
  if (touches.length === 0) return null;
  const [xs, ys] = [touches.map(([x]) => x), touches.map(([, y]) => y)];
  return {
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
    width: Math.max(...inked.map(({ width }) => width)),
  };
}

/** The ink of one picture. @param {ArrayLike<number>} levels @param {number[]} shape @param {number} white
 * @returns {Usual | null} */
function inkOf(levels, [channels, height, width], white) {
  let [sum, x, y, left, right, top, bottom] = [0, 0, 0, width, -1, height, -1];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let level = 0;
      for (let channel = 0; channel < channels; channel++) level += levels[(channel * height + row) * width + column];
      level /= channels * white;
      sum += level;
      x += level * (column + 0.5);
      y += level * (row + 0.5);
      if (level <= INK) continue;
      [left, right] = [Math.min(left, column), Math.max(right, column)];
      [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
    }
  }
  return right < 0 ? null : { side: Math.max(right - left, bottom - top) + 1, x: x / sum, y: y / sum };
}

/** @param {Stroke[]} strokes @param {number[]} shape @param {ArrayLike<number> | null} ground @returns {Float32Array} */
function painted(strokes, [channels, height, width], ground) {
  const fine = Math.max(FEWEST, Math.round(FINE / Math.max(height, width)));
  const [tall, wide] = [height * fine, width * fine];
  const cells = Array.from({ length: channels }, () => new Float32Array(tall * wide));
  if (ground) {
    for (const [channel, own] of cells.entries()) {
      for (let at = 0; at < own.length; at++) {
        const [row, column] = [Math.floor(Math.floor(at / wide) / fine), Math.floor((at % wide) / fine)];
        own[at] = ground[(channel * height + row) * width + column];
      }
    }
  }
  const cover = new Float32Array(tall * wide);
  for (const stroke of strokes) {
    cover.fill(0);
    stroke.touches.forEach((touch, at) =>
      addSegment(cover, wide, tall, stroke, stroke.touches[at - 1] ?? touch, touch, fine),
    );
    for (const [channel, own] of cells.entries()) {
      const level = stroke.colour[channel];
      for (let at = 0; at < own.length; at++) own[at] += cover[at] * (level - own[at]);
    }
  }
  const picture = new Float32Array(channels * height * width);
  for (const [channel, own] of cells.entries()) {
    for (let at = 0; at < own.length; at++) {
      const [row, column] = [Math.floor(Math.floor(at / wide) / fine), Math.floor((at % wide) / fine)];
      picture[(channel * height + row) * width + column] += own[at] / (fine * fine);
    }
  }
  return picture;
}

/** How much of each cell a piece of a stroke covers, where it is more than before.
 * @param {Float32Array} cover @param {number} wide @param {number} tall cells @param {Stroke} stroke @param {Touch} from
 * @param {Touch} to @param {number} fine cells along a pixel */
function addSegment(cover, wide, tall, { width }, from, to, fine) {
  const [x1, y1, x2, y2] = [from[0] * fine, from[1] * fine, to[0] * fine, to[1] * fine];
  const [r1, r2] = [(from[2] * width * fine) / 2, (to[2] * width * fine) / 2];
  const reach = Math.max(r1, r2) + 1;
  const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
  const [top, bottom] = [
    Math.max(0, Math.floor(Math.min(y1, y2) - reach)),
    Math.min(tall - 1, Math.max(y1, y2) + reach),
  ];
  const [left, right] = [
    Math.max(0, Math.floor(Math.min(x1, x2) - reach)),
    Math.min(wide - 1, Math.max(x1, x2) + reach),
  ];
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const [dx, dy] = [column + 0.5 - x1, row + 0.5 - y1];
      const along = length > 0 ? Math.min(1, Math.max(0, (dx * (x2 - x1) + dy * (y2 - y1)) / length)) : 0;
      const away = Math.hypot(dx - along * (x2 - x1), dy - along * (y2 - y1));
      const part = Math.min(1, r1 + along * (r2 - r1) - away + 0.5);
      const at = row * wide + column;
      if (part > cover[at]) cover[at] = part;
    }
  }
}
