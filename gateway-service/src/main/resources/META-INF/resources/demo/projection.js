// From degrees to pixels. Equidistant cylindrical, true at 38 degrees: straight lines stay cheap, and the
// latitudes that the station crosses keep their shapes.

import { cos } from './sphere.js';

/** Map units per degree of longitude; a degree of latitude is one unit. */
export const UNITS_PER_LONGITUDE = cos(38);

const NORTH = 84;
const SOUTH = -66;
// The widest gap between "the whole world fits" and "it nearly does".
const WHOLE_WORLD_DEGREES = 352;
// Shows the horizon circle of the station, 40 degrees across, with a margin.
const FOLLOW_DEGREES = 48;

/**
 * What part of the world is shown: `scale` pixels per map unit, with one place in the middle.
 *
 * @typedef {{width: number, height: number, latitude: number, longitude: number, scale: number}} View
 */

/** Covers the area with the world. Where not all of it fits, the station is in the middle. */
export function worldView(width, height, station) {
  const scale = Math.max(width / (360 * UNITS_PER_LONGITUDE), height / (NORTH - SOUTH));
  const fits = width / (UNITS_PER_LONGITUDE * scale) > WHOLE_WORLD_DEGREES;
  const longitude = fits || station === null ? 0 : station.longitude;
  return { width, height, latitude: (NORTH + SOUTH) / 2, longitude, scale };
}

/** The surroundings of the station. */
export function followView(width, height, station) {
  const scale = Math.min(width, height) / FOLLOW_DEGREES;
  return { width, height, latitude: station.latitude, longitude: station.longitude, scale };
}

/** A view on the way from one to another; `share` runs from 0 to 1. */
export function between(from, to, share) {
  const mix = (a, b) => a + (b - a) * share;
  const turn = ((((to.longitude - from.longitude + 180) % 360) + 360) % 360) - 180;
  return {
    width: to.width,
    height: to.height,
    latitude: mix(from.latitude, to.latitude),
    longitude: from.longitude + turn * share,
    scale: Math.exp(mix(Math.log(from.scale), Math.log(to.scale))),
  };
}

export function xOf(view, longitude) {
  return view.width / 2 + (longitude - view.longitude) * UNITS_PER_LONGITUDE * view.scale;
}

export function yOf(view, latitude) {
  return view.height / 2 - (latitude - view.latitude) * view.scale;
}

export function longitudeAt(view, x) {
  return view.longitude + (x - view.width / 2) / (UNITS_PER_LONGITUDE * view.scale);
}

export function latitudeAt(view, y) {
  return view.latitude - (y - view.height / 2) / view.scale;
}

/** The whole turns to shift something from `west` to `east` by, so that every visible copy is drawn. */
export function turnsInView(view, west, east) {
  const first = Math.ceil((longitudeAt(view, 0) - east) / 360);
  const last = Math.floor((longitudeAt(view, view.width) - west) / 360);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => (first + at) * 360);
}
