/** What many networks together say: how their numbers spread, their mean answer, a table of them. Pure. */

/** One network: what was changed for it, how it ended. @typedef {{at: any, values: Record<string, number>, reason: string,
 *   metrics: Record<string, any>, curve?: Record<string, any[]>, surface?: string | null, epochs_to_target?: number | null}} Found */

/** The finite values of a metric, in order of size. @param {Found[]} results @param {string} name */
export function sortedValues(results, name) {
  return results
    .map(({ metrics }) => Number(metrics[name]))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
}

/** The value below which a share of them lies. @param {number[]} sorted @param {number} share 0..1 */
export function quantile(sorted, share) {
  return sorted[Math.min(Math.round(share * (sorted.length - 1)), sorted.length - 1)];
}

/** How many values fall into each of some equal bins. @param {number[]} sorted @param {number} bins */
export function histogram(sorted, bins) {
  const [low, high] = [sorted[0], sorted[sorted.length - 1]];
  const counts = new Array(bins).fill(0);
  for (const value of sorted) {
    const share = high > low ? (value - low) / (high - low) : 0.5;
    counts[Math.min(Math.floor(share * bins), bins - 1)] += 1;
  }
  return { low, high, counts };
}

/** The middle and the middle 80 % of curves at the epochs that they share. @param {Found[]} results @param {string} name */
export function band(results, name) {
  /** @type {Map<number, number[]>} */
  const byEpoch = new Map();
  for (const { curve } of results) {
    curve?.epoch.forEach((epoch, at) => {
      const value = curve[name]?.[at];
      if (typeof value === "number") byEpoch.set(epoch, [...(byEpoch.get(epoch) ?? []), value]);
    });
  }
  return [...byEpoch]
    .sort(([a], [b]) => a - b)
    .map(([epoch, values]) => {
      const sorted = values.sort((a, b) => a - b);
      return { epoch, low: quantile(sorted, 0.1), middle: quantile(sorted, 0.5), high: quantile(sorted, 0.9) };
    });
}

/** The mean answer and its standard deviation at each point, both in bytes. @param {Found[]} results */
export function meanSurface(results) {
  const pictures = results.flatMap(({ surface }) => (surface ? [bytesOf(surface)] : []));
  if (pictures.length === 0) return null;
  const mean = new Uint8Array(pictures[0].length);
  const spread = new Uint8Array(pictures[0].length);
  for (let i = 0; i < mean.length; i += 1) {
    let [sum, squares] = [0, 0];
    for (const picture of pictures) {
      sum += picture[i];
      squares += picture[i] ** 2;
    }
    const middle = sum / pictures.length;
    mean[i] = Math.round(middle);
    spread[i] = Math.round(Math.sqrt(Math.max(squares / pictures.length - middle ** 2, 0)));
  }
  return { mean, spread, side: Math.round(Math.sqrt(mean.length)) };
}

/** @param {string} base64 */
function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** A table with a row for each network. @param {Found[]} results */
export function csvOf(results) {
  const settings = [...new Set(results.flatMap(({ values }) => Object.keys(values)))];
  const metrics = [...new Set(results.flatMap((result) => Object.keys(result.metrics)))];
  const reached = results.some((result) => "epochs_to_target" in result) ? ["epochs_to_target"] : [];
  const rows = results.map((result) => [
    ...settings.map((name) => result.values[name] ?? ""),
    result.reason,
    ...metrics.map((name) => result.metrics[name] ?? ""),
    ...reached.map(() => result.epochs_to_target ?? ""),
  ]);
  return [[...settings, "reason", ...metrics, ...reached], ...rows].map((row) => row.join(",")).join("\n") + "\n";
}

/** How good each value is among all: 255 the best, 0 the worst; what is no number is the worst.
 * @param {(number | undefined)[]} values @param {boolean} lowerIsBetter */
export function goodness(values, lowerIsBetter) {
  const sorted = values.filter((value) => value !== undefined && Number.isFinite(value)).sort((a, b) => Number(a) - Number(b)); // prettier-ignore
  const place = new Map(sorted.map((value, at) => [value, at]));
  return values.map((value) => {
    if (value === undefined) return undefined;
    const share = (place.get(value) ?? (lowerIsBetter ? sorted.length : -1)) / Math.max(sorted.length - 1, 1);
    return Math.round(255 * Math.min(Math.max(lowerIsBetter ? 1 - share : share, 0), 1));
  });
}
