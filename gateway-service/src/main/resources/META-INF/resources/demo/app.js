// The demo page: one feed, a map, some instruments and a console.

import { Arrivals } from './arrivals.js';
import { wireConsole } from './console.js';
import { wireCopyButtons } from './copy.js';
import { Feed } from './feed.js';
import * as instruments from './instruments.js';
import { WorldMap } from './map.js';
import { readSample } from './sample.js';
import { statusOf } from './status.js';
import { Trail } from './trail.js';

const CHANNEL = 'iss.telemetry';
const PUBLISHER_PORT = 8081;
const TICK_MILLIS = 500;
const SAVE_MILLIS = 10_000;
const DESCRIBE_MILLIS = 30_000;
// Five minutes at one message a second: a trail from the first moment.
const REWIND = 300;

const arrivals = new Arrivals();
const trail = new Trail();
const facts = { link: { phase: 'connecting' }, age: null, heard: false, degraded: false, rejection: null };
const newest = { frame: null, sample: null };
let describedAt = 0;
let paintRequest = 0;

trail.restore(sessionStorage, Date.now());
const marker = document.getElementById('marker');
const map = new WorldMap(document.getElementById('map'), marker, trail);
const feed = new Feed(gatewayAddress(), { onLink, onNotice });

function gatewayAddress() {
  const address = new URL('/ws', location.href);
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}

function onLink(link) {
  const { phase, afterLoss } = facts.link;
  facts.link = { ...link, afterLoss: afterLoss || phase === 'waiting' || phase === 'refused', openedAt: Date.now() };
  if (link.phase === 'open') {
    facts.link.afterLoss = false;
    facts.heard = false;
    facts.degraded = false;
  }
  tick();
}

function onNotice(event) {
  facts.degraded = event === 'degraded';
  tick();
}

function onMessage(frame, recovered) {
  arrivals.message(Date.now(), frame.timestamp, recovered);
  facts.heard = true;
  newest.frame = frame;
  const sample = readSample(frame);
  if (sample !== null) {
    trail.add(sample, recovered);
    newest.sample = sample;
  }
  // A backlog comes in one burst and is painted once.
  paintRequest ||= requestAnimationFrame(paint);
}

function paint() {
  paintRequest = 0;
  instruments.showPosition(newest.frame);
  instruments.showFrame(newest.frame);
  if (newest.sample !== null) paintSample(newest.sample);
  tick();
}

function paintSample(sample) {
  map.show(sample);
  instruments.showSample(sample);
  instruments.showTrail(trail);
  const now = Date.now();
  if (now - describedAt > DESCRIBE_MILLIS) {
    describedAt = now;
    instruments.describeMap(sample, now);
  }
  pulseMarker();
}

/** One ring goes out from the station per message. */
function pulseMarker() {
  if (document.hidden || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  marker.querySelector('.ring').animate(
    [{ transform: 'scale(0.4)', opacity: 0.9 }, { transform: 'scale(1.9)', opacity: 0 }],
    { duration: 700, easing: 'cubic-bezier(0.2, 0.6, 0.3, 1)' });
}

function tick() {
  if (document.hidden) return;
  const now = Date.now();
  facts.age = arrivals.age(now);
  instruments.showStatus(statusOf(facts, now));
  instruments.showArrivals(arrivals, now);
}

function showCurl(channel) {
  const path = encodeURIComponent(channel).replaceAll("'", '%27');
  const host = `${location.protocol}//${location.hostname}:${PUBLISHER_PORT}`;
  document.getElementById('curl').textContent = [
    `curl '${host}/v1/channels/${path}/messages' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '{"data":{"hello":"world"}}'`,
  ].join('\n');
}

for (const choice of document.querySelectorAll('input[name=view]')) {
  choice.addEventListener('change', () => map.follow(choice.value === 'follow' && choice.checked));
}
document.getElementById('notice-button').addEventListener('click', () => feed.connect());
addEventListener('online', () => {
  if (facts.link.phase === 'waiting') feed.connect();
});
addEventListener('pagehide', () => trail.save(sessionStorage));
document.addEventListener('visibilitychange', tick);
setInterval(tick, TICK_MILLIS);
setInterval(() => trail.save(sessionStorage), SAVE_MILLIS);

wireCopyButtons();
wireConsole(feed, showCurl);
feed.subscribe(CHANNEL, {
  onMessage,
  onSubscribed: (frame) => {
    facts.rejection = null;
    instruments.showPosition(frame);
    tick();
  },
  onMissed: (missed) => arrivals.miss(Date.now(), missed),
  onError: (error) => {
    facts.rejection = error;
    tick();
  },
}, REWIND);
feed.connect();
