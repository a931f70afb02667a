// Where a subscription stands in its channel, and so whether anything was missed.

/**
 * Follows the `(epoch, offset)` of one channel. Messages without a position (plain Redis ones) pass unjudged:
 * for them nobody can say whether something is missing.
 */
export class ChannelPosition {
  #epoch = null;
  #offset = 0;
  #messageId;
  #backlogEnd = 0;

  /**
   * The position to resume from, or null when none is known. The id of its message, where we have that,
   * lets the gateway notice that Redis has lost it and written another at the same offset.
   */
  get known() {
    if (this.#epoch === null) return null;
    const messageId = this.#messageId;
    return { epoch: this.#epoch, offset: this.#offset, ...(messageId !== undefined && { messageId }) };
  }

  /**
   * Takes the gateway's answer to subscribe.
   *
   * @returns {{missed: number|null}} messages that are lost to us; null when their number cannot be known:
   *     the channel began anew, or what we had was written over
   */
  subscribed({ epoch, offset, recovered }) {
    if (typeof epoch !== 'string') return { missed: 0 };
    if (recovered) {
      this.#backlogEnd = offset;
      return { missed: 0 };
    }
    return this.#breakAt(epoch, offset);
  }

  /** Takes the gateway's word that the stream is broken; counting goes on from the position that it names. */
  discontinued({ epoch, offset }) {
    if (typeof epoch !== 'string') return { missed: null };
    return this.#breakAt(epoch, offset);
  }

  /**
   * Takes one message.
   *
   * @returns {{repeated: boolean, recovered: boolean, missed: number|null}} `missed` counts what should have
   *     come before this message
   */
  message({ epoch, offset, id }) {
    if (typeof epoch !== 'string') return { repeated: false, recovered: false, missed: 0 };
    if (epoch === this.#epoch && offset <= this.#offset) return { repeated: true, recovered: false, missed: 0 };
    const recovered = offset <= this.#backlogEnd;
    const { missed } = this.#jumpTo(epoch, offset - 1);
    this.#offset = offset;
    this.#messageId = id;
    return { repeated: false, recovered, missed };
  }

  /** The stream is broken here; if that costs nothing countable, it costs something unknown. */
  #breakAt(epoch, offset) {
    const first = this.#epoch === null;
    const { missed } = this.#jumpTo(epoch, offset);
    this.#messageId = undefined;
    return { missed: missed === 0 && !first ? null : missed };
  }

  #jumpTo(epoch, offset) {
    const first = this.#epoch === null;
    const sameEpoch = epoch === this.#epoch;
    const missed = first ? 0 : sameEpoch ? Math.max(0, offset - this.#offset) : null;
    if (!first && !sameEpoch) this.#backlogEnd = 0;
    if (!sameEpoch || offset !== this.#offset) this.#messageId = undefined;
    this.#epoch = epoch;
    this.#offset = offset;
    return { missed };
  }
}
