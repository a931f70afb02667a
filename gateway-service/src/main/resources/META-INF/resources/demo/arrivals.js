// When messages came: their rate, the age of the newest, and the last minute for the pulse strip.

const RATE_WINDOW_MILLIS = 10_000;
export const MINUTE_MILLIS = 60_000;
// More than the strip has pixels; a busier channel than ours must not fill the memory.
const MAX_RECENT = 5_000;

export class Arrivals {
  /** The last minute, nearly in order: `{at, kind}` with kind live, recovered or missed. */
  recent = [];
  live = 0;
  recovered = 0;
  missed = 0;
  /** True when messages were missed whose number nobody knows. */
  missedUncounted = false;

  #newestSentAt = null;
  // The publisher's clock and ours disagree by an unknown amount. The smallest difference seen is that amount
  // plus the fastest delivery, which is close enough to nothing.
  #clockAhead = Infinity;

  /**
   * @param {number} [sentAt] epoch milliseconds by the publisher's clock, if the frame says so
   * @param {boolean} recovered true when it comes from the channel's history
   */
  message(now, sentAt, recovered) {
    const isDated = Number.isFinite(sentAt);
    if (recovered) this.recovered++;
    else this.live++;
    if (isDated && !recovered) this.#clockAhead = Math.min(this.#clockAhead, now - sentAt);
    this.#newestSentAt = isDated ? sentAt : now - this.#offset();
    this.#note(recovered && isDated ? sentAt + this.#offset() : now, recovered ? 'recovered' : 'live', now);
  }

  miss(now, count) {
    if (count === null) this.missedUncounted = true;
    else this.missed += count;
    this.#note(now, 'missed', now);
  }

  /** Messages per second over the last ten seconds, or null while there is too little to say. */
  rate(now) {
    const times = this.recent
      .filter(({ at, kind }) => kind === 'live' && at > now - RATE_WINDOW_MILLIS)
      .map(({ at }) => at);
    if (times.length < 2) return this.live < 2 ? null : times.length / (RATE_WINDOW_MILLIS / 1000);
    const span = times.at(-1) - times[0];
    const pause = now - times.at(-1);
    const usual = span / (times.length - 1);
    // A pause no longer than usual says nothing yet; a longer one slows the rate down.
    return (times.length - 1) / (Math.max(span, span + pause - usual, 1) / 1000);
  }

  /** Milliseconds since the newest message was sent, or null before the first. */
  age(now) {
    return this.#newestSentAt === null ? null : Math.max(0, now - this.#newestSentAt - this.#offset());
  }

  #offset() {
    return Number.isFinite(this.#clockAhead) ? this.#clockAhead : 0;
  }

  #note(at, kind, now) {
    if (at > now - MINUTE_MILLIS) this.recent.push({ at, kind });
    const tooOld = this.recent.findIndex((arrival) => arrival.at > now - MINUTE_MILLIS);
    this.recent.splice(0, Math.max(tooOld, this.recent.length - MAX_RECENT, 0));
  }
}
