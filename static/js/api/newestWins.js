/** Questions that follow a hand: one is under way at a time, and what lies between is never asked. */

/**
 * @param {() => Promise<unknown>} put asks for what is wanted now, and deals with what fails
 * @returns {{ask: () => Promise<void>, newer: () => boolean}} `ask` says that something else is wanted, and ends when
 *   nothing is left to ask; `newer` tells whether what is under way is no longer the newest
 */
export function newestWins(put) {
  let missed = false;
  let underWay = /** @type {Promise<void> | null} */ (null);
  async function all() {
    try {
      while (missed) {
        missed = false;
        await put();
      }
    } finally {
      underWay = null;
    }
  }
  return {
    ask() {
      missed = true;
      return (underWay ??= all());
    },
    newer: () => missed,
  };
}
