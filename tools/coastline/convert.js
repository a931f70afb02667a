// Natural Earth land (TopoJSON, 1:110m) → rings of whole steps, each point as the difference to the one before.

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const STEPS_PER_DEGREE = 20;
const TARGET = new URL(
  '../../gateway-service/src/main/resources/META-INF/resources/demo/world.js', import.meta.url);

const source = createRequire(import.meta.url).resolve('world-atlas/land-110m.json');
const topology = JSON.parse(readFileSync(source, 'utf8'));

/** The arcs in degrees. TopoJSON keeps them as differences of quantised coordinates. */
const arcs = topology.arcs.map((arc) => {
  const { scale, translate } = topology.transform;
  let x = 0;
  let y = 0;
  return arc.map(([dx, dy]) => {
    x += dx;
    y += dy;
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  });
});

/** A ring names its arcs; `~i` is arc `i` backwards. Neighbouring arcs share an end point. */
function ringOf(indices) {
  return indices.flatMap((index, at) => {
    const arc = index < 0 ? arcs[~index].toReversed() : arcs[index];
    return at === 0 ? arc : arc.slice(1);
  });
}

/**
 * The source wraps at the antimeridian; a map wants outlines whose longitudes run on beyond it. The outline of
 * Antarctica goes once around the world: it is closed along the pole.
 */
function unwrapped(ring) {
  let turn = 0;
  const result = ring.map(([lon, lat], at) => {
    const step = at === 0 ? 0 : lon - ring[at - 1][0];
    if (Math.abs(step) > 180) turn -= 360 * Math.sign(step);
    return [lon + turn, lat];
  });
  const first = result[0];
  const last = result.at(-1);
  if (Math.abs(last[0] - first[0]) > 180) result.push([last[0], -90], [first[0], -90], first);
  return result;
}

function differences(ring) {
  const steps = [];
  let lastX = 0;
  let lastY = 0;
  for (const [lon, lat] of ring) {
    const x = Math.round(lon * STEPS_PER_DEGREE);
    const y = Math.round(lat * STEPS_PER_DEGREE);
    if (steps.length === 0 || x !== lastX || y !== lastY) steps.push(x - lastX, y - lastY);
    lastX = x;
    lastY = y;
  }
  return steps;
}

const polygons = topology.objects.land.geometries.flatMap((land) =>
  land.type === 'Polygon' ? [land.arcs] : land.arcs);
const rings = polygons.flat().map((indices) => differences(unwrapped(ringOf(indices))));

writeFileSync(TARGET, `// Coastlines: Natural Earth 1:110m land, public domain (naturalearthdata.com).
// Made by tools/coastline, which also says how to make it again. Do not edit.

/** Rings are counted in steps of 1/${STEPS_PER_DEGREE} degree. */
export const STEPS_PER_DEGREE = ${STEPS_PER_DEGREE};

/** Outlines of land, and of the one inland sea, as [lon, lat, Δlon, Δlat, …]; longitudes run on beyond ±180. */
export const RINGS = [
${rings.map((ring) => `  [${ring.join(',')}],`).join('\n')}
];
`);
console.log(`${rings.length} rings, ${rings.reduce((sum, ring) => sum + ring.length / 2, 0)} points`);
