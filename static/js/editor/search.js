/** Finds parts by what a person types: title, kind, other names, Chinese, pinyin and its first letters. Pure. */

/** @typedef {import("../api/parts.js").Part} Part */
/** A part, and why it cannot be had where it is asked for; "" where it can. @typedef {{part: Part, reason: string}} Offer */

/** The parts that match, each with the reason why it does not fit. Those that fit come first; but where something is
 * asked for, nothing stands before what matches it better.
 * @param {Part[]} parts @param {string} question @param {Record<string, string>} sounds
 * @param {Record<string, string | null>} reasons @returns {Offer[]} */
export function offered(parts, question, sounds, reasons) {
  return ranked(parts, question, sounds)
    .map((found) => ({ ...found, reason: reasons[found.part.kind] ?? "" }))
    .sort((a, b) => a.rank - b.rank || Number(a.reason !== "") - Number(b.reason !== "") || a.order - b.order)
    .map(({ part, reason }) => ({ part, reason }));
}

/** The parts that match, with how well they do and their order; all alike for an empty question.
 * @param {Part[]} parts @param {string} question @param {Record<string, string>} sounds */
function ranked(parts, question, sounds) {
  const wanted = plain(question);
  const rank = (/** @type {Part} */ part) =>
    wanted ? Math.min(...wordsOf(part, sounds).map((word) => rankOf(word, wanted))) : 0;
  return parts.map((part, order) => ({ part, order, rank: rank(part) })).filter((found) => found.rank < Infinity);
}

/** @param {Part} part @param {Record<string, string>} sounds @returns {string[]} */
function wordsOf(part, sounds) {
  const own = [part.title, part.kind, ...[part.search ?? []].flat()];
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
