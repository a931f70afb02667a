// The places that the station was seen at.

import { distance, longitudeNear } from './sphere.js';

// One and a half orbits: more would cover the map.
const MAX_AGE_MILLIS = 140 * 60_000;
const MAX_POINTS = 9_000;
// Nearer than a pixel on the closest view.
const MIN_STEP_DEGREES = 0.03;
// The station covers 0.065 degrees a second. A longer silence or a wider jump is a hole in the trail, not a line.
const MAX_STEP_MILLIS = 15_000;
const MAX_STEP_DEGREES = 2;
// Two pollers that take over from each other may repeat a little; a longer way back is a corrected clock.
const MAX_REPEAT_MILLIS = 60_000;
const STORAGE_KEY = 'fanfare.trail.1';

/**
 * Points are oldest first. Their longitudes run on beyond ±180, so that a line between neighbours never
 * crosses the whole map; `joined` is false for the first point after a hole.
 */
export class Trail {
  points = [];
  #newest = null;

  /**
   * @param {import('./sample.js').Sample} sample
   * @param {boolean} recovered true when it comes from the channel's history, which may begin before us
   */
  add(sample, recovered = false) {
    const last = this.points.at(-1);
    const before = this.#newest;
    if (before !== null && isRepeat(before, sample, recovered)) return;
    this.#newest = sample;
    const joined = before !== null && isNeighbour(before, sample);
    if (joined && distance(last, sample) < MIN_STEP_DEGREES) return;
    const longitude = last === undefined ? sample.longitude : longitudeNear(sample.longitude, last.longitude);
    this.points.push({ ...sample, longitude, joined });
    this.#forgetOld(sample.at);
  }

  /** How long ago the oldest unbroken point before the newest one was, in milliseconds. */
  get unbrokenMillis() {
    if (this.#newest === null) return 0;
    return this.#newest.at - this.points[this.#startOfUnbroken()].at;
  }

  /** A point of the unbroken end of the trail, about `millis` before the newest, for a direction. */
  pointBefore(millis) {
    const oldest = this.#startOfUnbroken();
    for (let at = this.points.length - 1; at >= oldest; at--) {
      if (this.#newest.at - this.points[at].at >= millis) return this.points[at];
    }
    return this.points[oldest] ?? null;
  }

  #startOfUnbroken() {
    let at = this.points.length - 1;
    while (at > 0 && this.points[at].joined) at--;
    return Math.max(at, 0);
  }

  #forgetOld(now) {
    const young = this.points.findIndex((point) => now - point.at < MAX_AGE_MILLIS);
    this.points.splice(0, Math.max(young, this.points.length - MAX_POINTS, 0));
  }

  /** Keeps the trail for a reload of this tab. */
  save(storage) {
    try {
      storage.setItem(STORAGE_KEY, JSON.stringify(
        this.points.map(({ latitude, longitude, at, simulated, joined }) =>
          [latitude, longitude, at, simulated ? 1 : 0, joined ? 1 : 0])));
    } catch {
      // A full or forbidden storage costs the trail after a reload, nothing else.
    }
  }

  restore(storage, now) {
    try {
      const kept = JSON.parse(storage.getItem(STORAGE_KEY) ?? '[]');
      for (const [latitude, longitude, at, simulated, joined] of kept) {
        const near = longitudeNear(longitude, this.points.at(-1)?.longitude ?? longitude);
        this.points.push({ latitude, longitude: near, at, simulated: simulated === 1, joined: joined === 1 });
      }
      this.#newest = this.points.at(-1) ?? null;
      if (this.#newest !== null && now - this.#newest.at > MAX_AGE_MILLIS) this.#clear();
    } catch {
      this.#clear();
    }
  }

  #clear() {
    this.points = [];
    this.#newest = null;
  }
}

function isRepeat(before, sample, recovered) {
  return before.simulated === sample.simulated
    && sample.at <= before.at
    && (recovered || before.at - sample.at < MAX_REPEAT_MILLIS);
}

function isNeighbour(before, sample) {
  return before.simulated === sample.simulated
    && Math.abs(sample.at - before.at) <= MAX_STEP_MILLIS
    && distance(before, sample) <= MAX_STEP_DEGREES;
}
