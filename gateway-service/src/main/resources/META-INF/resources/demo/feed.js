// One WebSocket to the gateway: subscribes, reconnects, resumes.

import { fullJitter, mayReconnect } from './backoff.js';
import { ChannelPosition } from './position.js';

const OPEN_DEADLINE_MILLIS = 10_000;
// A half-open connection looks like silence. Ask after this time, give up after the next.
const SILENCE_MILLIS = 10_000;
const PONG_DEADLINE_MILLIS = 5_000;
// The longest wait that a gateway may ask of us.
const MAX_RECONNECT_WAIT_MILLIS = 60_000;

/**
 * A link is in one of these phases:
 *
 * | phase      | also has                | meaning                                        |
 * |------------|-------------------------|------------------------------------------------|
 * | connecting |                         | the socket is being opened                     |
 * | open       |                         | frames may flow                                |
 * | waiting    | retryAt (epoch millis)  | lost; the next try is at `retryAt`             |
 * | refused    | code, reason            | the gateway asked us not to come back          |
 *
 * @typedef {{phase: string, retryAt?: number, code?: number, reason?: string}} Link
 *
 * @typedef {object} SubscriptionListener every member is optional
 * @property {(frame: object, recovered: boolean) => void} onMessage
 * @property {(frame: object) => void} onSubscribed
 * @property {(missed: number|null) => void} onMissed null when nobody can say how many
 * @property {(error: {error: string, code?: number, detail?: string}) => void} onError
 */
export class Feed {
  #url;
  #listener;
  #random;
  #socket = null;
  #attempt = 0;
  #subscriptions = new Map();
  #requests = new Map();
  #nextRequest = 1;
  #wasOpen = false;
  #retryTimer = 0;
  #deadlineTimer = 0;

  /**
   * @param {string} url of the gateway's `/ws`
   * @param {{onLink?: (link: Link) => void, onNotice?: (event: string) => void}} listener `onNotice` gets the
   *     gateway's words about itself: degraded, restored
   */
  constructor(url, listener = {}, random = Math.random) {
    this.#url = url;
    this.#listener = listener;
    this.#random = random;
  }

  /** Connects, and stays connected until the gateway refuses. Also skips a wait. */
  connect() {
    clearTimeout(this.#retryTimer);
    this.#drop();
    this.#announce({ phase: 'connecting' });
    const socket = new WebSocket(this.#wasOpen ? `${this.#url}?resume=true` : this.#url);
    this.#socket = socket;
    socket.onopen = () => this.#opened();
    socket.onmessage = ({ data }) => this.#received(data);
    socket.onclose = ({ code, reason }) => this.#lost(code, reason);
    this.#within(OPEN_DEADLINE_MILLIS, () => this.#lost(1006, 'no answer'));
  }

  /**
   * Subscribes now and after every reconnect; several listeners share one subscription.
   *
   * @param {string} channel
   * @param {SubscriptionListener} listener
   * @param {number} [rewind] messages of the past to begin with, where the gateway keeps them
   * @returns {() => void} ends it
   */
  subscribe(channel, listener, rewind = 0) {
    const known = this.#subscriptions.get(channel);
    const subscription = known ?? { position: new ChannelPosition(), listeners: new Set(), answer: null, rewind };
    subscription.listeners.add(listener);
    if (known === undefined) {
      this.#subscriptions.set(channel, subscription);
      this.#sendSubscribe(channel, subscription);
    } else if (subscription.answer !== null) {
      listener.onSubscribed?.(subscription.answer);
    }
    return () => this.#unsubscribe(channel, subscription, listener);
  }

  #unsubscribe(channel, subscription, listener) {
    subscription.listeners.delete(listener);
    if (subscription.listeners.size > 0 || this.#subscriptions.get(channel) !== subscription) return;
    this.#subscriptions.delete(channel);
    this.#send({ action: 'unsubscribe', channel });
  }

  #opened() {
    this.#wasOpen = true;
    this.#announce({ phase: 'open' });
    for (const [channel, subscription] of this.#subscriptions) this.#sendSubscribe(channel, subscription);
    this.#watch();
  }

  #sendSubscribe(channel, { position, rewind }) {
    const request = { action: 'subscribe', channel, id: String(this.#nextRequest) };
    if (position.known !== null) request.recover = position.known;
    else if (rewind > 0) request.rewind = rewind;
    if (!this.#send(request)) return;
    this.#nextRequest++;
    this.#requests.set(request.id, channel);
  }

  #send(frame) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  #received(data) {
    this.#attempt = 0;
    this.#watch();
    const frame = parseFrame(data);
    if (frame === null) return;
    if ('error' in frame) this.#failed(frame);
    else if ('event' in frame) this.#event(frame);
    else if ('channel' in frame) this.#message(frame);
  }

  #message(frame) {
    const subscription = this.#subscriptions.get(frame.channel);
    if (subscription === undefined) return;
    const { repeated, recovered, missed } = subscription.position.message(frame);
    if (repeated) return;
    tellMissed(subscription, missed);
    for (const listener of subscription.listeners) listener.onMessage?.(frame, recovered);
  }

  #event(frame) {
    const subscription = this.#subscriptions.get(frame.channel);
    switch (frame.event) {
      case 'subscribed':
        this.#requests.delete(frame.id);
        if (subscription === undefined) return;
        tellMissed(subscription, subscription.position.subscribed(frame).missed);
        subscription.answer = frame;
        for (const listener of subscription.listeners) listener.onSubscribed?.(frame);
        return;
      case 'discontinuity':
        if (subscription !== undefined) tellMissed(subscription, subscription.position.discontinued(frame).missed);
        return;
      case 'reconnect':
        this.#moveAfter(frame.afterMs);
        return;
      case 'degraded':
      case 'restored':
        this.#listener.onNotice?.(frame.event);
        return;
      default: // a later gateway may say more than we understand
    }
  }

  #failed(frame) {
    const subscription = this.#subscriptions.get(this.#requests.get(frame.id));
    this.#requests.delete(frame.id);
    for (const listener of subscription?.listeners ?? []) listener.onError?.(frame);
  }

  /** The gateway is about to leave and has given us our turn: keep listening until then. */
  #moveAfter(afterMillis) {
    const wait = Math.min(Math.max(Number(afterMillis) || 0, 0), MAX_RECONNECT_WAIT_MILLIS);
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.connect(), wait);
  }

  /** Something came: the connection is alive. Ask when nothing comes for long. */
  #watch() {
    this.#within(SILENCE_MILLIS, () => {
      this.#send({ action: 'ping', id: `ping-${this.#nextRequest++}` });
      this.#within(PONG_DEADLINE_MILLIS, () => this.#lost(1006, 'silent'));
    });
  }

  #within(millis, giveUp) {
    clearTimeout(this.#deadlineTimer);
    this.#deadlineTimer = setTimeout(giveUp, millis);
  }

  #lost(code, reason) {
    this.#drop();
    clearTimeout(this.#retryTimer);
    if (!mayReconnect(code)) {
      this.#announce({ phase: 'refused', code, reason });
      return;
    }
    const wait = fullJitter(this.#attempt++, this.#random);
    this.#announce({ phase: 'waiting', retryAt: Date.now() + wait });
    this.#retryTimer = setTimeout(() => this.connect(), wait);
  }

  /** Lets go of the socket without waiting for its close handshake, which a dead peer never answers. */
  #drop() {
    clearTimeout(this.#deadlineTimer);
    this.#requests.clear();
    for (const subscription of this.#subscriptions.values()) subscription.answer = null;
    const socket = this.#socket;
    if (socket === null) return;
    this.#socket = null;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #announce(link) {
    this.#listener.onLink?.(link);
  }
}

function tellMissed(subscription, missed) {
  if (missed === 0) return;
  for (const listener of subscription.listeners) listener.onMissed?.(missed);
}

function parseFrame(data) {
  try {
    const frame = JSON.parse(data);
    return typeof frame === 'object' && !Array.isArray(frame) ? frame : null;
  } catch {
    return null;
  }
}
