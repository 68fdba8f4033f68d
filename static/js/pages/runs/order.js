/** In which order runs stand. Pure. */

/** @typedef {import("./knownRuns.js").RunRow} RunRow */
/** @typedef {"newest" | "name" | "best"} Order */

/**
 * Chinese names by pinyin, numbers in names by their size; runs without a loss stand last.
 * @param {RunRow[]} runs newest first
 * @param {Order} by
 */
export function sorted(runs, by) {
  if (by === "newest") return runs;
  if (by === "best") return [...runs].sort((a, b) => quality(a) - quality(b));
  const collator = new Intl.Collator("zh-u-co-pinyin", { numeric: true });
  return [...runs].sort((a, b) => collator.compare(a.name, b.name));
}

/** @param {RunRow} run */
function quality({ metrics }) {
  const loss = Number(metrics.validation_loss ?? metrics.train_loss ?? NaN);
  return Number.isFinite(loss) ? loss : Infinity;
}

/** A number for each chosen run: the one that it had, else the lowest that is free.
 * @param {string[]} chosen @param {Record<string, number>} before @returns {Record<string, number>} */
export function lineNumbersOf(chosen, before) {
  const kept = Object.fromEntries(chosen.filter((id) => id in before).map((id) => [id, before[id]]));
  for (const id of chosen) {
    if (id in kept) continue;
    const taken = Object.values(kept);
    kept[id] = chosen.findIndex((_, number) => !taken.includes(number));
  }
  return kept;
}
