// The station's way over the ground: where it was, where it will be, from where it can be seen.

import { turnsInView, xOf, yOf } from './projection.js';
import { circleAround, longitudeNear } from './sphere.js';

// acos(6371 km / (6371 km + 420 km)): who is nearer has the station above the horizon.
const HORIZON_DEGREES = 20.3;
const FADE_MILLIS = 100 * 60_000;
const FADE_STEPS = 40;
const TICK_MILLIS = 10 * 60_000;
const LABEL_MILLIS = 30 * 60_000;

/** The trail, fainter and thinner with age, broken where messages are missing. */
export function drawTrail(pen, view, colours, points, station, now) {
  if (station === null || points.length === 0) return;
  const last = points.at(-1);
  const head = { ...station, longitude: longitudeNear(station.longitude, last.longitude), joined: true };
  const chunks = chunksByAge(points, now);
  const longitudes = points.map(({ longitude }) => longitude);
  const west = Math.min(...longitudes, head.longitude);
  const east = Math.max(...longitudes, head.longitude);
  pen.strokeStyle = colours.trail;
  pen.lineJoin = 'round';
  pen.lineCap = 'butt';
  for (const turn of turnsInView(view, west, east)) {
    for (const { line, freshness } of chunks) {
      pen.globalAlpha = 0.12 + 0.88 * freshness * freshness;
      pen.lineWidth = 1.25 + 1.5 * freshness;
      stroke(pen, view, line, turn);
    }
    if (Math.abs(head.longitude - last.longitude) < 5) stroke(pen, view, [last, head], turn);
  }
  pen.globalAlpha = 1;
}

/** Cuts the trail where its look changes; every piece begins with the end of the one before. */
function chunksByAge(points, now) {
  const chunks = [];
  let step = null;
  for (let at = 0; at < points.length; at++) {
    const freshness = 1 - Math.min(1, Math.max(0, (now - points[at].at) / FADE_MILLIS));
    const nextStep = Math.floor(freshness * FADE_STEPS);
    if (nextStep !== step) {
      const line = at === 0 ? [] : [{ ...points[at - 1], joined: false }];
      chunks.push({ line, freshness });
      step = nextStep;
    }
    chunks.at(-1).line.push(points[at]);
  }
  return chunks;
}

function stroke(pen, view, line, turn) {
  pen.beginPath();
  line.forEach(({ latitude, longitude, joined }, at) => {
    const x = xOf(view, longitude + turn);
    const y = yOf(view, latitude);
    if (at === 0 || joined === false) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  });
  pen.stroke();
}

/** The estimated next orbit: dotted, with a tick every ten minutes. */
export function drawNextOrbit(pen, view, colours, track) {
  if (track.length === 0) return;
  for (const turn of turnsInView(view, track[0].longitude, track.at(-1).longitude)) {
    pen.strokeStyle = colours.estimate;
    pen.lineWidth = 1.5;
    pen.lineCap = 'round';
    pen.setLineDash([0.1, 5]);
    stroke(pen, view, track, turn);
    pen.setLineDash([]);
    for (const point of track) if (point.after > 0 && point.after % TICK_MILLIS === 0) tick(pen, view, colours, point, turn);
  }
}

function tick(pen, view, colours, { latitude, longitude, after }, turn) {
  const x = xOf(view, longitude + turn);
  const y = yOf(view, latitude);
  pen.fillStyle = colours.estimate;
  pen.beginPath();
  pen.arc(x, y, 2.25, 0, 2 * Math.PI);
  pen.fill();
  if (after % LABEL_MILLIS !== 0) return;
  const label = `+${after / 60_000} min`;
  pen.font = colours.font;
  pen.textAlign = 'center';
  pen.textBaseline = latitude > 0 ? 'bottom' : 'top';
  const above = latitude > 0 ? y - 6 : y + 6;
  pen.lineWidth = 3;
  pen.lineJoin = 'round';
  pen.strokeStyle = colours.halo;
  pen.strokeText(label, x, above);
  pen.fillText(label, x, above);
}

/** Everybody inside sees the station above the horizon, clouds and houses permitting. */
export function drawHorizon(pen, view, colours, station) {
  const ring = circleAround(station, HORIZON_DEGREES);
  for (const turn of turnsInView(view, station.longitude - 90, station.longitude + 90)) {
    pen.beginPath();
    for (const place of ring) pen.lineTo(xOf(view, place.longitude + turn), yOf(view, place.latitude));
    pen.closePath();
    pen.fillStyle = colours.horizonFill;
    pen.fill();
    pen.strokeStyle = colours.horizon;
    pen.lineWidth = 1;
    pen.stroke();
  }
}
