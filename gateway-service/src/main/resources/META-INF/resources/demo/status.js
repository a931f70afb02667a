// What the page says about itself, decided in one place.

// Five missed messages at one a second.
const STALE_MILLIS = 5_000;

/**
 * | state      | meaning                                                         |
 * |------------|-----------------------------------------------------------------|
 * | connecting | the socket is being opened                                      |
 * | connected  | subscribed, no message yet                                      |
 * | live       | messages come                                                   |
 * | stale      | connected, but the newest message is old                        |
 * | degraded   | the gateway says that it has lost touch with Redis              |
 * | rejected   | connected, but the gateway refused the subscription             |
 * | offline    | the connection is lost; another try is planned                  |
 * | refused    | the gateway asked not to be called again                        |
 */
const NAMES = {
  connecting: 'Connecting',
  connected: 'Connected',
  live: 'Live',
  stale: 'Silent',
  degraded: 'Degraded',
  rejected: 'Not subscribed',
  offline: 'Offline',
  refused: 'Closed',
};

/**
 * @param {object} facts
 * @param {import('./feed.js').Link & {afterLoss?: boolean, openedAt?: number}} facts.link
 * @param {number|null} facts.age of the newest message, milliseconds
 * @param {boolean} facts.heard true when a message came over this very connection
 * @param {boolean} facts.degraded
 * @param {object|null} facts.rejection the error frame that answered our subscribe
 * @returns {{state: string, name: string, detail: string, remedy: string}} `detail` may change every second
 *     and is empty when all is well; `remedy` labels the button that connects at once, or is empty
 */
export function statusOf(facts, now) {
  const state = stateOf(facts, now);
  return { state, name: NAMES[state], detail: detailOf(state, facts, now), remedy: remedyOf(state) };
}

function stateOf({ link, age, heard, degraded, rejection }, now) {
  if (link.phase === 'refused') return 'refused';
  if (link.phase === 'waiting') return 'offline';
  if (link.phase === 'connecting') return link.afterLoss ? 'offline' : 'connecting';
  if (degraded) return 'degraded';
  if (rejection !== null) return 'rejected';
  if (age === null || (!heard && now - link.openedAt < STALE_MILLIS)) return 'connected';
  return age > STALE_MILLIS ? 'stale' : 'live';
}

function detailOf(state, { link, age, rejection }, now) {
  switch (state) {
    case 'connected':
      return age === null ? 'Waiting for the first message.' : '';
    case 'stale':
      return `Connected, but no message for ${duration(age)}.`;
    case 'degraded':
      return 'The gateway has lost touch with Redis and is repairing it.';
    case 'rejected':
      return [rejection.error, rejection.detail].filter(Boolean).join(': ');
    case 'offline':
      return link.phase === 'connecting'
        ? 'The connection was lost. Trying now.'
        : `The connection was lost. Next try in ${duration(Math.max(0, link.retryAt - now))}.`;
    case 'refused':
      return `The gateway closed the connection for good (${[link.code, link.reason].filter(Boolean).join(', ')}).`;
    default:
      return '';
  }
}

function remedyOf(state) {
  if (state === 'offline') return 'Try now';
  return state === 'refused' ? 'Connect again' : '';
}

/** 7 s, 3 min 20 s, 2 h 5 min. */
export function duration(millis) {
  const seconds = Math.round(millis / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
