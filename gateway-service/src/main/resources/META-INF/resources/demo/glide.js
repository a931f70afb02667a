// Moves the station smoothly from the last place that is known to the newest one, never beyond it.

import { distance, longitudeNear } from './sphere.js';

// A wider jump is a hole in the data; showing a flight across it would be an invention.
const MAX_GLIDE_DEGREES = 2;
const MAX_GLIDE_MILLIS = 2_000;

export class Glide {
  #from = null;
  #to = null;
  #startedAt = 0;
  #millis = 0;

  /** @param {boolean} smoothly false puts the station there at once */
  moveTo(place, now, smoothly) {
    const from = this.at(now);
    const near = from !== null && distance(from, place) <= MAX_GLIDE_DEGREES;
    const millis = near && smoothly ? Math.min(now - this.#startedAt, MAX_GLIDE_MILLIS) : 0;
    const longitude = from === null ? place.longitude : longitudeNear(place.longitude, from.longitude);
    this.#to = { latitude: place.latitude, longitude };
    this.#from = millis > 0 ? from : this.#to;
    this.#startedAt = now;
    this.#millis = millis;
  }

  /** Where to show the station, or null before the first place. Its longitude runs on beyond ±180. */
  at(now) {
    if (this.#to === null || !this.isMoving(now)) return this.#to;
    const share = Math.max(0, now - this.#startedAt) / this.#millis;
    return {
      latitude: this.#from.latitude + (this.#to.latitude - this.#from.latitude) * share,
      longitude: this.#from.longitude + (this.#to.longitude - this.#from.longitude) * share,
    };
  }

  isMoving(now) {
    return now - this.#startedAt < this.#millis;
  }

  /** Degrees per second of the present move. */
  get speed() {
    return this.#millis === 0 ? 0 : distance(this.#from, this.#to) / (this.#millis / 1000);
  }
}
