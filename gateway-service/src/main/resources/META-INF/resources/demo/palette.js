// The colours of the canvas, taken from the style sheet so that light and dark are decided in one place.

const NAMES = ['sea', 'land', 'coast', 'graticule', 'equator', 'caption', 'sun', 'trail', 'estimate', 'halo',
  'horizon', 'horizon-fill'];

/** @returns {Record<string, any>} by camel-case name; `night` is [red, green, blue, alpha of full night] */
export function readPalette() {
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(name).trim();
  const colours = Object.fromEntries(NAMES.map((name) => [camelCase(name), value(`--map-${name}`)]));
  colours.night = value('--map-night').split(/\s+/).map(Number);
  colours.font = `10px ${value('--mono')}`;
  return colours;
}

/** Calls back when the page turns light or dark. */
export function onPaletteChange(callback) {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', callback);
}

function camelCase(name) {
  return name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}
