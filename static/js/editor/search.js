/** Finds parts by what a person types: title, kind, other names, Chinese, pinyin and its first letters. Pure. */

/** @typedef {import("./parts.js").Part} Part */
/** A part, and why it cannot be had where it is asked for; "" where it can. @typedef {{part: Part, reason: string}} Offer */

/**
 * The parts that match, best first; all of them, in their order, for an empty question.
 * @param {Part[]} parts
 * @param {string} question
 * @param {Record<string, string>} [sounds] pinyin and its first letters for Chinese titles
 * @returns {Part[]}
 */
export function found(parts, question, sounds = {}) {
  const wanted = plain(question);
  if (!wanted) return parts;
  return parts
    .map((part, order) => ({
      part,
      order,
      rank: Math.min(...wordsOf(part, sounds).map((word) => rankOf(word, wanted))),
    }))
    .filter((one) => one.rank < Infinity)
    .sort((a, b) => a.rank - b.rank || a.order - b.order)
    .map((one) => one.part);
}

/** The parts that fit, then the others, each with the reason why it does not; both in their order.
 * @param {Part[]} parts @param {Record<string, string | null>} reasons @returns {Offer[]} */
export function sorted(parts, reasons) {
  const offers = parts.map((part) => ({ part, reason: reasons[part.kind] ?? "" }));
  return [...offers.filter((one) => !one.reason), ...offers.filter((one) => one.reason)];
}

/** @param {Part} part @param {Record<string, string>} sounds @returns {string[]} */
function wordsOf(part, sounds) {
  const own = [part.title, part.kind, ...(part.also ?? []), ...[part.search ?? []].flat()];
  return [...own, ...own.flatMap((word) => sounds[word]?.split(" ") ?? [])].map(plain).filter(Boolean);
}

/** 0 the very word, 1 its beginning, 2 the beginning of a word in it, 3 anywhere in it, else Infinity.
 * @param {string} word @param {string} wanted */
function rankOf(word, wanted) {
  if (word === wanted) return 0;
  if (word.startsWith(wanted)) return 1;
  if (word.includes(` ${wanted}`)) return 2;
  if (word.includes(wanted)) return 3;
  return word.replace(/ /g, "").includes(wanted.replace(/ /g, "")) ? 3 : Infinity;
}

/** @param {string} text */
function plain(text) {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[_\-·,，、]+/g, " ")
    .trim();
}
