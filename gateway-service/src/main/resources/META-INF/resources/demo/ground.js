// The ground of the map: sea, land, graticule, night. It changes with the view and the sun, not with messages.

import { latitudeAt, longitudeAt, turnsInView, UNITS_PER_LONGITUDE, xOf, yOf } from './projection.js';
import { cos, sin } from './sphere.js';
import { RINGS, STEPS_PER_DEGREE } from './world.js';

// Pixels per side of one sample of the night; it is smooth and shows no corners.
const NIGHT_CELL = 6;
// From full day to full night: the sun 3 degrees above to 15 degrees below the horizon.
const DAY_SINE = sin(3);
const NIGHT_SINE = sin(-15);

/** All land in map units, ready to fill. */
const land = new Path2D();
/** The coasts: land without the cut below Antarctica. */
const coasts = new Path2D();
let westEnd = -180;
let eastEnd = 180;

for (const ring of RINGS) {
  let longitude = 0;
  let latitude = 0;
  let isAtPole = false;
  for (let at = 0; at < ring.length; at += 2) {
    longitude += ring[at];
    latitude += ring[at + 1];
    const x = (longitude / STEPS_PER_DEGREE) * UNITS_PER_LONGITUDE;
    const y = -latitude / STEPS_PER_DEGREE;
    if (at === 0) land.moveTo(x, y);
    else land.lineTo(x, y);
    const wasAtPole = isAtPole;
    isAtPole = latitude <= -90 * STEPS_PER_DEGREE;
    if (at === 0 || isAtPole || wasAtPole) coasts.moveTo(x, y);
    else coasts.lineTo(x, y);
    westEnd = Math.min(westEnd, longitude / STEPS_PER_DEGREE);
    eastEnd = Math.max(eastEnd, longitude / STEPS_PER_DEGREE);
  }
  land.closePath();
}

/** @param {CanvasRenderingContext2D} pen in CSS pixels */
export function drawGround(pen, view, colours, sun) {
  pen.fillStyle = colours.sea;
  pen.fillRect(0, 0, view.width, view.height);
  drawLand(pen, view, colours);
  drawGraticule(pen, view, colours);
  drawNight(pen, view, colours, sun);
  drawSun(pen, view, colours, sun);
}

function drawLand(pen, view, colours) {
  for (const turn of turnsInView(view, westEnd, eastEnd)) {
    pen.save();
    pen.translate(xOf(view, turn), yOf(view, 0));
    pen.scale(view.scale, view.scale);
    pen.fillStyle = colours.land;
    pen.fill(land, 'evenodd');
    pen.strokeStyle = colours.coast;
    pen.lineWidth = 0.8 / view.scale;
    pen.lineJoin = 'round';
    pen.stroke(coasts);
    pen.restore();
  }
}

function drawGraticule(pen, view, colours) {
  const step = view.scale > 5 ? 10 : 30;
  const west = Math.ceil(longitudeAt(view, 0) / step) * step;
  const south = Math.ceil(latitudeAt(view, view.height) / step) * step;
  pen.lineWidth = 1;
  pen.font = colours.font;
  pen.textBaseline = 'bottom';
  pen.textAlign = 'left';
  for (let longitude = west; xOf(view, longitude) <= view.width; longitude += step) {
    const x = Math.round(xOf(view, longitude)) + 0.5;
    line(pen, x, 0, x, view.height, colours.graticule);
    const label = meridianName(longitude);
    if (x + pen.measureText(label).width + 8 < view.width) caption(pen, label, x + 4, view.height - 5, colours);
  }
  for (let latitude = Math.max(south, -80); yOf(view, latitude) >= 0 && latitude <= 80; latitude += step) {
    const y = Math.round(yOf(view, latitude)) + 0.5;
    line(pen, 0, y, view.width, y, latitude === 0 ? colours.equator : colours.graticule);
    if (y > 86 && y < view.height - 28) caption(pen, parallelName(latitude), 8, y - 3, colours);
  }
}

function line(pen, fromX, fromY, toX, toY, colour) {
  pen.strokeStyle = colour;
  pen.beginPath();
  pen.moveTo(fromX, fromY);
  pen.lineTo(toX, toY);
  pen.stroke();
}

function caption(pen, text, x, y, colours) {
  pen.fillStyle = colours.caption;
  pen.fillText(text, x, y);
}

function parallelName(latitude) {
  return latitude === 0 ? '0°' : `${Math.abs(latitude)}°${latitude > 0 ? 'N' : 'S'}`;
}

function meridianName(longitude) {
  const east = ((((longitude + 180) % 360) + 360) % 360) - 180;
  if (east === 0 || east === -180) return `${Math.abs(east)}°`;
  return `${Math.abs(east)}°${east > 0 ? 'E' : 'W'}`;
}

const shade = document.createElement('canvas');

/** Sampled in coarse cells of the screen and stretched: smooth twilight, no seam at the antimeridian. */
function drawNight(pen, view, colours, sun) {
  const columns = Math.ceil(view.width / NIGHT_CELL);
  const rows = Math.ceil(view.height / NIGHT_CELL);
  shade.width = columns;
  shade.height = rows;
  const shadePen = shade.getContext('2d');
  const pixels = shadePen.createImageData(columns, rows);
  const [red, green, blue, darkest] = colours.night;
  const turns = Array.from({ length: columns }, (_, column) =>
    cos(longitudeAt(view, (column + 0.5) * NIGHT_CELL) - sun.longitude) * cos(sun.latitude));
  for (let row = 0, at = 0; row < rows; row++) {
    const latitude = Math.min(90, Math.max(-90, latitudeAt(view, (row + 0.5) * NIGHT_CELL)));
    const upright = sin(latitude) * sin(sun.latitude);
    const across = cos(latitude);
    for (let column = 0; column < columns; column++) {
      const height = upright + across * turns[column];
      const share = Math.min(1, Math.max(0, (DAY_SINE - height) / (DAY_SINE - NIGHT_SINE)));
      pixels.data[at++] = red;
      pixels.data[at++] = green;
      pixels.data[at++] = blue;
      pixels.data[at++] = 255 * darkest * share * share * (3 - 2 * share);
    }
  }
  shadePen.putImageData(pixels, 0, 0);
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(shade, 0, 0, columns * NIGHT_CELL, rows * NIGHT_CELL);
}

function drawSun(pen, view, colours, sun) {
  for (const turn of turnsInView(view, sun.longitude - 5, sun.longitude + 5)) {
    const x = xOf(view, sun.longitude + turn);
    const y = yOf(view, sun.latitude);
    pen.fillStyle = colours.sun;
    pen.strokeStyle = colours.sun;
    pen.lineWidth = 1.25;
    pen.lineCap = 'round';
    pen.beginPath();
    pen.arc(x, y, 3.5, 0, 2 * Math.PI);
    pen.fill();
    pen.beginPath();
    for (let ray = 0; ray < 8; ray++) {
      pen.moveTo(x + 6.5 * cos(ray * 45), y + 6.5 * sin(ray * 45));
      pen.lineTo(x + 9 * cos(ray * 45), y + 9 * sin(ray * 45));
    }
    pen.stroke();
  }
}
