/** What runs are called beside each other: by what differs between them. Pure. */

/** @typedef {import("./differences.js").Difference} Difference */

/**
 * A name for each run, made of the fewest settings that tell them apart: "Adam" and "SGD", "lr 0.1" and "lr 0.01". Runs
 * whose settings are the same go by their own names, and are numbered where these are the same too.
 * @param {Difference[]} found
 * @param {(path: string, value: unknown) => string} inShort a setting with its value in a few words
 * @param {string[]} own names of the runs
 * @returns {string[]}
 */
export function namesByDifference(found, inShort, own) {
  const telling = tellingApart(found);
  const named = own.map(
    (name, run) => telling.map(({ path, values }) => inShort(path, values[run])).join(" · ") || name,
  );
  const apart = own.map((name, run) => (occursTwice(named, run) && !named[run].includes(name) ? `${named[run]} · ${name}` : named[run])); // prettier-ignore
  return apart.map((name, run) =>
    occursTwice(apart, run) ? `${name} (${apart.slice(0, run + 1).filter((other) => other === name).length})` : name,
  );
}

/** The settings by which as many runs as possible differ, each one the most telling of those that are left. What only
 * some of them have at all tells little, and is taken last.
 * @param {Difference[]} found @returns {Difference[]} */
function tellingApart(found) {
  const ranked = [...found].sort((a, b) => rankOf(a) - rankOf(b));
  const whole = ranked.filter(({ values }) => values.every((value) => value !== undefined));
  const chosen = added(added([], whole), ranked);
  return ranked.filter((difference) => chosen.includes(difference));
}

/** @param {Difference[]} chosen @param {Difference[]} among @returns {Difference[]} with those that part more runs */
function added(chosen, among) {
  const apart = chosen.length > 0 ? groupsOf(chosen) : 1;
  const counts = among.map((difference) => groupsOf([...chosen, difference]));
  const most = Math.max(apart, ...counts);
  return most === apart ? chosen : added([...chosen, among[counts.indexOf(most)]], among);
}

/** Into how many groups these settings part the runs. @param {Difference[]} some */
const groupsOf = (some) => new Set(some[0].values.map((_, run) => JSON.stringify(some.map(({ values }) => values[run] ?? null)))).size; // prettier-ignore

/** Kinds are said before networks, these before numbers, and what is only drawn by lot comes last.
 * @param {Difference} difference */
function rankOf({ path }) {
  if (path.endsWith("/kind")) return 0;
  if (path.endsWith("/layers")) return 1;
  return path.endsWith("/seed") ? 3 : 2;
}

/** @param {string[]} names @param {number} run */
const occursTwice = (names, run) => names.indexOf(names[run]) !== names.lastIndexOf(names[run]);
