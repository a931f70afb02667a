// Where the station will be, guessed from where it was.

import { cos, cross, fromVector, longitudeNear, sin, toVector, unit } from './sphere.js';

export const PERIOD_MILLIS = 92.7 * 60_000;
// The Earth's turn below the orbit, less the slow turn of the orbit itself.
const GROUND_TURN_PER_MILLI = (360 / 86_164 + 5 / 86_400) / 1000;
// Two places closer than this in time are too near for a direction: positions have four decimals.
const MIN_BASELINE_MILLIS = 4_000;
const STEP_MILLIS = 60_000;

/**
 * One orbit ahead, on the circle through two observed places and with a usual period. An estimate: it knows
 * nothing of drag, manoeuvres or the orbit's slight ellipse.
 *
 * @param {import('./sample.js').Sample} earlier
 * @param {import('./sample.js').Sample} newest
 * @returns {{latitude: number, longitude: number, after: number}[]} longitudes do not wrap; `after` is in
 *     milliseconds; empty when the two places give no direction
 */
export function nextOrbit(earlier, newest) {
  const baseline = newest.at - earlier.at;
  if (baseline < MIN_BASELINE_MILLIS || baseline > PERIOD_MILLIS / 4) return [];
  const from = toVector(earlier.latitude, earlier.longitude - GROUND_TURN_PER_MILLI * baseline);
  const to = toVector(newest.latitude, newest.longitude);
  const axis = unit(cross(from, to));
  if (axis === null) return [];
  const ahead = cross(axis, to);
  const track = [];
  let lastLongitude = newest.longitude;
  for (let after = 0; after <= PERIOD_MILLIS; after += STEP_MILLIS) {
    const angle = (after * 360) / PERIOD_MILLIS;
    const place = fromVector(to.map((part, at) => part * cos(angle) + ahead[at] * sin(angle)));
    lastLongitude = longitudeNear(place.longitude - GROUND_TURN_PER_MILLI * after, lastLongitude);
    track.push({ latitude: place.latitude, longitude: lastLongitude, after });
  }
  return track;
}
