// Where the sun stands.

import { cos, normalLongitude, sin } from './sphere.js';

const J2000_MILLIS = Date.UTC(2000, 0, 1, 12);
const DAY_MILLIS = 86_400_000;

/**
 * The place that has the sun in the zenith, by the low-precision formulas of the Astronomical Almanac: right
 * to 0.01 degree until 2050, far finer than a pixel.
 *
 * @param {number} at epoch milliseconds
 */
export function subsolarPoint(at) {
  const days = (at - J2000_MILLIS) / DAY_MILLIS;
  const meanLongitude = 280.46 + 0.9856474 * days;
  const meanAnomaly = 357.528 + 0.9856003 * days;
  const eclipticLongitude = meanLongitude + 1.915 * sin(meanAnomaly) + 0.02 * sin(2 * meanAnomaly);
  const obliquity = 23.439 - 0.0000004 * days;
  const toDegrees = 180 / Math.PI;
  const declination = Math.asin(sin(obliquity) * sin(eclipticLongitude)) * toDegrees;
  const rightAscension =
    Math.atan2(cos(obliquity) * sin(eclipticLongitude), cos(eclipticLongitude)) * toDegrees;
  const siderealTime = 280.46062 + 360.98564737 * days;
  return { latitude: declination, longitude: normalLongitude(rightAscension - siderealTime) };
}

/** Sine of the sun's height above the horizon of a place: 1 at noon below it, 0 on the terminator. */
export function sunHeight(place, sun) {
  return sin(place.latitude) * sin(sun.latitude)
    + cos(place.latitude) * cos(sun.latitude) * cos(place.longitude - sun.longitude);
}
