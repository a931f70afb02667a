// The readings around the map.

import { drawPulse } from './pulse.js';
import { duration } from './status.js';
import { subsolarPoint, sunHeight } from './sun.js';

const element = (id) => document.getElementById(id);

/** Writes only what changed: screen readers and the layout are spared the rest. */
function write(id, text) {
  const target = element(id);
  if (target.textContent !== text) target.textContent = text;
}

export function showStatus({ state, name, detail, remedy }) {
  document.documentElement.dataset.state = state;
  write('state-name', name);
  write('notice-text', detail);
  element('notice').hidden = detail === '';
  write('notice-button', remedy);
  element('notice-button').hidden = remedy === '';
}

export function showSample({ latitude, longitude, simulated }) {
  write('latitude', degrees(latitude, 'N', 'S'));
  write('longitude', degrees(longitude, 'E', 'W'));
  write('source', simulated ? 'Built-in orbit model' : 'Live public API');
  write('source-note', simulated ? 'The public API does not answer.' : '');
  document.documentElement.dataset.source = simulated ? 'simulated' : 'live';
}

export function showPosition({ epoch, offset }) {
  if (offset === undefined) return;
  write('offset', Number(offset).toLocaleString('en'));
  write('epoch', String(epoch));
}

export function showFrame(frame) {
  write('newest-frame', JSON.stringify(frame));
}

/** @param {import('./arrivals.js').Arrivals} arrivals */
export function showArrivals(arrivals, now) {
  const rate = arrivals.rate(now);
  const age = arrivals.age(now);
  write('rate', rate === null ? '–' : rate.toFixed(1));
  write('age', age === null ? '–' : age < 1000 ? 'just now' : `${duration(Math.floor(age / 1000) * 1000)} ago`);
  write('received', String(arrivals.live));
  write('recovered', String(arrivals.recovered));
  write('missed', `${arrivals.missed}${arrivals.missedUncounted ? ' or more' : ''}`);
  element('missed').dataset.some = String(arrivals.missed > 0 || arrivals.missedUncounted);
  drawPulse(element('pulse'), arrivals.recent, now);
}

/** @param {import('./trail.js').Trail} trail */
export function showTrail(trail) {
  write('trail', trail.points.length === 0 ? '–' : duration(trail.unbrokenMillis));
  element('map').dataset.trailPoints = String(trail.points.length);
}

/** A sentence for those who cannot see the map. */
export function describeMap({ latitude, longitude }, now) {
  const light = sunHeight({ latitude, longitude }, subsolarPoint(now)) > 0 ? 'day' : 'night';
  element('map').setAttribute('aria-label',
    `World map. The station is over ${degrees(latitude, 'north', 'south')}, ${degrees(longitude, 'east', 'west')}, where it is ${light}.`);
}

function degrees(value, positive, negative) {
  return `${Math.abs(value).toFixed(4)}° ${value < 0 ? negative : positive}`;
}
