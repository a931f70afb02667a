// Geometry on a round Earth, in degrees.

const RADIANS = Math.PI / 180;

export const sin = (degrees) => Math.sin(degrees * RADIANS);
export const cos = (degrees) => Math.cos(degrees * RADIANS);
const asin = (value) => Math.asin(Math.min(1, Math.max(-1, value))) / RADIANS;
const atan2 = (y, x) => Math.atan2(y, x) / RADIANS;

/** Brings a longitude into [-180, 180). */
export function normalLongitude(degrees) {
  return ((((degrees + 180) % 360) + 360) % 360) - 180;
}

/** The longitude that means the same as `longitude` and lies within half a turn of `reference`. */
export function longitudeNear(longitude, reference) {
  return reference + normalLongitude(longitude - reference);
}

export function toVector(latitude, longitude) {
  return [cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude)];
}

export function fromVector([x, y, z]) {
  return { latitude: asin(z), longitude: atan2(y, x) };
}

export function cross([ax, ay, az], [bx, by, bz]) {
  return [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
}

/** Scales to length 1, or gives null when there is no direction. */
export function unit(vector) {
  const length = Math.hypot(...vector);
  return length < 1e-6 ? null : vector.map((part) => part / length);
}

/** Great-circle distance in degrees. */
export function distance(from, to) {
  const half = sin((to.latitude - from.latitude) / 2) ** 2
    + cos(from.latitude) * cos(to.latitude) * sin((to.longitude - from.longitude) / 2) ** 2;
  return 2 * asin(Math.sqrt(half));
}

/**
 * The places at `radius` degrees around a centre, as a closed ring whose longitudes do not wrap.
 */
export function circleAround({ latitude, longitude }, radius, steps = 72) {
  const ring = [];
  for (let step = 0; step <= steps; step++) {
    const bearing = (step * 360) / steps;
    const lat = asin(sin(latitude) * cos(radius) + cos(latitude) * sin(radius) * cos(bearing));
    const turn = atan2(sin(bearing) * sin(radius) * cos(latitude), cos(radius) - sin(latitude) * sin(lat));
    ring.push({ latitude: lat, longitude: longitude + turn });
  }
  return ring;
}
