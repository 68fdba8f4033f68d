/** The classes of a set of pictures: those the server knows, and those a person has only named so far. Pure. */

/** @typedef {{name: string, count: number, used: boolean}} PictureClass */

/**
 * The classes: those made here in their order, so that none jumps when it gets its first picture, then the others;
 * `used` where they go into the experiment.
 * @param {{name: string, count: number}[]} known @param {string[]} fresh @param {Set<string>} leftOut
 * @returns {PictureClass[]}
 */
export function allClasses(known, fresh, leftOut) {
  const counts = new Map(known.map(({ name, count }) => [name, count]));
  const made = fresh.map((name) => ({ name, count: counts.get(name) ?? 0 }));
  return [...made, ...known.filter(({ name }) => !fresh.includes(name))].map((pictureClass) => ({
    ...pictureClass,
    used: pictureClass.count > 0 && !leftOut.has(pictureClass.name),
  }));
}

/** The set as it goes into an experiment. @param {Record<string, any>} dataset @param {PictureClass[]} classes */
export function withClasses(dataset, classes) {
  return { ...dataset, classes: classes.filter(({ used }) => used).map(({ name, count }) => ({ name, count })) };
}

/** A name that no class has yet. @param {PictureClass[]} classes @param {(number: number) => string} named */
export function freshName(classes, named) {
  const names = new Set(classes.map(({ name }) => name));
  for (let number = classes.length + 1; ; number += 1) if (!names.has(named(number))) return named(number);
}

/**
 * The pictures of each class in a preview, by name.
 * @param {import("../views/points.js").Preview | null} preview
 * @returns {Record<string, number[][]>}
 */
export function picturesByClass(preview) {
  /** @type {Record<string, number[][]>} */
  const found = {};
  if (!preview) return found;
  for (const [at, target] of preview.targets.entries()) (found[preview.classes[target]] ??= []).push(preview.raw[at]);
  return found;
}

/** The new classes with another name for one of them, unless another class has that name.
 * @param {string[]} fresh @param {string} before @param {string} name @param {PictureClass[]} classes */
export function renamed(fresh, before, name, classes) {
  const taken = classes.some((pictureClass) => pictureClass.name === name && name !== before);
  const free = taken ? freshName(classes, (number) => `${name} ${number}`) : name;
  return fresh.map((current) => (current === before ? free : current));
}
