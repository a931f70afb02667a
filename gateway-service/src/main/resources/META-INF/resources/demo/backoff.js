// When to try again after a connection was lost.

const BASE_MILLIS = 500;
const CAP_MILLIS = 20_000;

/**
 * Full jitter: anything between nothing and the cap of this attempt, so that a thousand pages that lost the
 * same gateway do not come back in the same instant.
 *
 * @param {number} attempt 0 for the first try after a loss
 * @param {() => number} random in [0, 1)
 * @returns {number} milliseconds, at most 20 000
 */
export function fullJitter(attempt, random = Math.random) {
  const cap = Math.min(CAP_MILLIS, BASE_MILLIS * 2 ** Math.min(attempt, 16));
  return Math.round(random() * cap);
}

/** Close codes 4500 to 4999 mean "do not come back"; every other loss is worth another try. */
export function mayReconnect(closeCode) {
  return closeCode < 4500 || closeCode > 4999;
}
