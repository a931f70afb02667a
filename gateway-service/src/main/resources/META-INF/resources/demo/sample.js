// A message of the telemetry channel, read as a place above the Earth at a time.

/**
 * @typedef {object} Sample
 * @property {number} latitude degrees, north positive
 * @property {number} longitude degrees, east positive, -180 to 180
 * @property {number} at epoch milliseconds, by the source's clock
 * @property {boolean} simulated true when the built-in orbit model stood in for the public API
 */

/**
 * @param {{message: unknown, timestamp?: number}} frame
 * @returns {Sample|null} null when the message is something else
 */
export function readSample({ message, timestamp }) {
  const reading = typeof message === 'string' ? parseOrNull(message) : message;
  const latitude = coordinate(reading?.iss_position?.latitude, 90);
  const longitude = coordinate(reading?.iss_position?.longitude, 180);
  if (latitude === null || longitude === null) return null;
  const seconds = Number(reading.timestamp);
  return {
    latitude,
    longitude,
    at: seconds > 0 ? seconds * 1000 : timestamp ?? Date.now(),
    simulated: reading.source === 'simulated',
  };
}

/** The public API writes numbers as strings. */
function coordinate(value, limit) {
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return null;
  const degrees = Number(value);
  return Math.abs(degrees) <= limit ? degrees : null;
}

function parseOrNull(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
