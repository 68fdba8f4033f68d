/** Draws a component again only when one of its properties changed; lists count by their items, functions not at all. */

import { Component, h } from "preact";

/**
 * Functions are left out of the comparison: they must read what they need when they are called.
 * @template P
 * @param {(props: P) => any} draw
 * @returns {(props: P & {key?: any}) => any}
 */
export function memo(draw) {
  class Memo extends Component {
    /** @param {any} next */
    shouldComponentUpdate(next) {
      return differs(this.props, next);
    }
    render() {
      return h(/** @type {any} */ (draw), this.props);
    }
  }
  return /** @type {any} */ (Memo);
}

/** @param {Record<string, any>} before @param {Record<string, any>} after */
export function differs(before, after) {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].some((name) => !alike(before[name], after[name]));
}

/** @param {any} first @param {any} second @returns {boolean} */
function alike(first, second) {
  if (first === second || (typeof first === "function" && typeof second === "function")) return true;
  if (!Array.isArray(first) || !Array.isArray(second) || first.length !== second.length) return false;
  return first.every((item, at) => item === second[at]);
}
