/** What to try against memorising, as edits that fit the document. Pure. */

/** @typedef {import("./diagnosis.js").Edit} Edit */

/**
 * What to try against memorising: stopping early, or where that is on, smaller weights.
 * @param {any} experiment
 * @returns {import("./diagnosis.js").Finding["fix"]}
 */
export function rescue(experiment) {
  if (!experiment?.training?.early_stopping) {
    const value = { patience: 20 };
    return {
      title: { template: "Stop early, and keep the best weights" },
      edits: setting(experiment, ["training", "early_stopping"], value),
    };
  }
  return {
    title: { template: "Keep the weights small (L2 0.003)" },
    edits: setting(experiment, ["training", "regularization", "l2"], 0.003),
  };
}

/**
 * Edits that set a value, with the parents that the document leaves out.
 * @param {any} document
 * @param {string[]} path
 * @param {any} value
 * @returns {Edit[]}
 */
export function setting(document, path, value) {
  let node = document;
  for (let depth = 0; depth < path.length - 1; depth += 1) {
    const next = node?.[path[depth]];
    if (next === undefined || next === null) {
      const whole = path.slice(depth + 1).reduceRight((inner, name) => ({ [name]: inner }), value);
      return [{ op: "add", path: `/${path.slice(0, depth + 1).join("/")}`, value: whole }];
    }
    node = next;
  }
  return [{ op: "add", path: `/${path.join("/")}`, value }];
}
