// The mini console: subscribes to a channel of the visitor's choice and shows what arrives.

const MAX_ENTRIES = 50;
const MAX_TEXT = 2_000;
// Shows a newcomer that what was published before is kept.
const REWIND = 20;
const SUFFIX_LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/**
 * @param {import('./feed.js').Feed} feed
 * @param {(channel: string) => void} onChannel called with every change of the channel's name
 */
export function wireConsole(feed, onChannel) {
  const form = document.getElementById('console-form');
  const input = document.getElementById('console-channel');
  const button = document.getElementById('console-button');
  const state = document.getElementById('console-state');
  const entries = new Entries(document.getElementById('console-entries'), document.getElementById('console-count'));
  let unsubscribe = null;

  const stop = () => {
    unsubscribe?.();
    unsubscribe = null;
    button.textContent = 'Subscribe';
    form.dataset.state = 'idle';
    state.textContent = 'Not subscribed';
  };

  const start = (channel) => {
    entries.clear();
    button.textContent = 'Unsubscribe';
    form.dataset.state = 'pending';
    state.textContent = 'Subscribing';
    unsubscribe = feed.subscribe(channel, {
      onSubscribed: () => {
        form.dataset.state = 'subscribed';
        state.textContent = `Subscribed to ${channel}`;
      },
      onMessage: (frame) => entries.add(frame),
      onMissed: (missed) => entries.note(missed === null ? 'Some messages were missed' : `${missed} missed`),
      onError: ({ error, detail, code }) => {
        stop();
        form.dataset.state = 'failed';
        state.textContent = `${[error, detail].filter(Boolean).join(': ')}${code ? ` (${code})` : ''}`;
      },
    }, REWIND);
  };

  input.value = `demo.${randomSuffix()}`;
  onChannel(input.value);
  input.addEventListener('input', () => {
    if (unsubscribe !== null) stop();
    onChannel(input.value.trim());
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const channel = input.value.trim();
    if (unsubscribe !== null) stop();
    else if (channel !== '') start(channel);
  });
}

/** Nobody else is likely to be on a channel of this name. */
function randomSuffix() {
  return [...crypto.getRandomValues(new Uint8Array(5))]
    .map((byte) => SUFFIX_LETTERS[byte % SUFFIX_LETTERS.length])
    .join('');
}

/** A bounded list, newest first, painted at most once per frame however fast messages come. */
class Entries {
  #list;
  #count;
  #total = 0;
  #pending = [];
  #frame = 0;

  constructor(list, count) {
    this.#list = list;
    this.#count = count;
  }

  clear() {
    this.#total = 0;
    this.#pending = [];
    this.#list.replaceChildren();
    this.#count.textContent = '';
  }

  add({ message, offset, timestamp, name }) {
    this.#total++;
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    this.#push({ at: timestamp ?? Date.now(), offset, name, text: text ?? '', kind: 'message' });
  }

  note(text) {
    this.#push({ at: Date.now(), text, kind: 'note' });
  }

  #push(entry) {
    this.#pending.push(entry);
    this.#pending.splice(0, this.#pending.length - MAX_ENTRIES);
    this.#frame ||= requestAnimationFrame(() => this.#paint());
  }

  #paint() {
    this.#frame = 0;
    this.#list.prepend(...this.#pending.splice(0).reverse().map(toItem));
    while (this.#list.childElementCount > MAX_ENTRIES) this.#list.lastElementChild.remove();
    const shown = Math.min(this.#total, MAX_ENTRIES);
    this.#count.textContent = this.#total > shown ? `newest ${shown} of ${this.#total}` : `${this.#total} received`;
  }
}

function toItem({ at, offset, name, text, kind }) {
  const item = document.createElement('li');
  item.className = kind;
  item.append(part('time', new Date(at).toLocaleTimeString([], { hour12: false })));
  if (offset !== undefined) item.append(part('span', `#${offset}`));
  if (name) item.append(part('b', name));
  item.append(part('code', text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)} …` : text));
  return item;
}

function part(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
