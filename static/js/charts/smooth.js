/** Smoothing of a curve that grows: each new point costs the same, however many stand before it. */

/**
 * @typedef {object} Smoothed
 * @property {number} weight 0 (the raw curve) to 0.99
 * @property {number} length points taken in
 * @property {Float64Array} values
 * @property {number} mean running weighted sum
 * @property {number} share running sum of the weights, so that the start is not pulled to zero
 * @property {number} last the last raw point taken in, by which a rewound curve is noticed
 */

/** @param {number} weight @returns {Smoothed} */
export function emptySmoothed(weight) {
  return { weight, length: 0, values: new Float64Array(256), mean: 0, share: 0, last: NaN };
}

/**
 * Takes in what `raw` has beyond the points seen; begins anew where the curve was rewound. Exponential moving mean.
 * @param {Smoothed} smoothed
 * @param {Float64Array} raw
 * @returns {Float64Array} as long as `raw`
 */
export function smooth(smoothed, raw) {
  const { length, last } = smoothed;
  if (raw.length < length || (length && !Object.is(raw[length - 1], last))) {
    Object.assign(smoothed, { length: 0, mean: 0, share: 0 });
  }
  if (raw.length > smoothed.values.length) {
    const longer = new Float64Array(Math.max(raw.length, smoothed.values.length * 2));
    longer.set(smoothed.values);
    smoothed.values = longer;
  }
  for (let i = smoothed.length; i < raw.length; i += 1) {
    if (Number.isNaN(raw[i])) {
      smoothed.values[i] = NaN;
      continue;
    }
    smoothed.mean = smoothed.mean * smoothed.weight + raw[i] * (1 - smoothed.weight);
    smoothed.share = smoothed.share * smoothed.weight + (1 - smoothed.weight);
    smoothed.values[i] = smoothed.mean / smoothed.share;
  }
  smoothed.length = raw.length;
  smoothed.last = raw[raw.length - 1] ?? NaN;
  return smoothed.values.subarray(0, raw.length);
}
