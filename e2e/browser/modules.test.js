// The page's modules one by one, in the browser that runs them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchChromium } from './browser.js';
import { FakeGateway, reading } from './fake-gateway.js';

let browser;
let gateway;
let page;

before(async () => {
  browser = await launchChromium();
  gateway = await new FakeGateway().start();
  page = await browser.newPage();
  await page.goto(`${gateway.url}favicon.svg`);
});

after(async () => {
  await browser?.close();
  await gateway?.stop();
});

test('a wait is anything between nothing and its cap, which doubles up to 20 s', async () => {
  const waits = await page.evaluate(async () => {
    const { fullJitter } = await import('/demo/backoff.js');
    return [0, 1, 2, 5, 6, 60].map((attempt) => [fullJitter(attempt, () => 0), fullJitter(attempt, () => 0.999999)]);
  });
  assert.deepEqual(waits, [[0, 500], [0, 1_000], [0, 2_000], [0, 16_000], [0, 20_000], [0, 20_000]]);
});

test('only the codes 4500 to 4999 forbid a reconnect', async () => {
  const codes = [1000, 1006, 1012, 4000, 4499, 4500, 4999];
  const allowed = await page.evaluate(async (all) => {
    const { mayReconnect } = await import('/demo/backoff.js');
    return all.map((code) => mayReconnect(code));
  }, codes);
  assert.deepEqual(allowed, [true, true, true, true, true, false, false]);
});

test('the sun stands where the almanac says', async () => {
  // Equinox, solstice and the moment of the largest equation of time: declination, and longitude from
  // UTC noon and the equation of time (-7.4 min, -1.8 min, +16.4 min).
  const moments = [Date.UTC(2026, 2, 20, 12), Date.UTC(2026, 5, 21, 12), Date.UTC(2026, 10, 3, 12)];
  const places = await page.evaluate(async (all) => {
    const { subsolarPoint } = await import('/demo/sun.js');
    return all.map((at) => subsolarPoint(at));
  }, moments);
  const expected = [[0, 1.86], [23.44, 0.46], [-15.0, -4.11]];
  places.forEach(({ latitude, longitude }, at) => {
    assert.ok(Math.abs(latitude - expected[at][0]) < 0.25, `${latitude}`);
    assert.ok(Math.abs(longitude - expected[at][1]) < 0.25, `${longitude}`);
  });
});

test('the estimated orbit meets the station again within a degree', async () => {
  const start = Date.UTC(2026, 8, 24, 9);
  const sample = (at) => {
    const { latitude, longitude } = reading(at).iss_position;
    return { latitude: Number(latitude), longitude: Number(longitude), at };
  };
  for (const phase of [0, 20, 23, 47, 70]) {
    const newest = sample(start + phase * 60_000);
    const track = await page.evaluate(async ([earlier, last]) => {
      const { nextOrbit } = await import('/demo/orbit.js');
      return nextOrbit(earlier, last);
    }, [sample(newest.at - 45_000), newest]);
    assert.equal(track.length, 93);
    for (const { latitude, longitude, after: later } of track) {
      const truth = sample(newest.at + later);
      const aside = ((longitude - truth.longitude + 540) % 360) - 180;
      assert.ok(Math.abs(latitude - truth.latitude) < 1 && Math.abs(aside) < 1, `after ${later} ms`);
    }
    track.slice(1).forEach(({ longitude }, at) => assert.ok(Math.abs(longitude - track[at].longitude) < 20));
  }
});

test('a trail runs on across the antimeridian, breaks at holes and ignores repeats', async () => {
  const { points, unbroken } = await page.evaluate(async () => {
    const { Trail } = await import('/demo/trail.js');
    const trail = new Trail();
    const add = (longitude, seconds, recovered) =>
      trail.add({ latitude: 10, longitude, at: seconds * 1_000, simulated: false }, recovered);
    add(179.8, 1_000);
    add(179.9, 1_002);
    add(-179.9, 1_004);
    add(-179.8, 1_003);
    add(-179.8, 400, true);
    add(-175, 1_100);
    add(-174.9, 1_102);
    return { points: trail.points, unbroken: trail.unbrokenMillis };
  });
  assert.deepEqual(points.map(({ longitude, joined }) => [Math.round(longitude * 10) / 10, joined]),
    [[179.8, false], [179.9, true], [180.1, true], [185, false], [185.1, true]]);
  assert.equal(unbroken, 2_000);
});

test('a trail survives a reload, and spoilt storage costs only the trail', async () => {
  const lengths = await page.evaluate(async () => {
    const { Trail } = await import('/demo/trail.js');
    const trail = new Trail();
    for (let seconds = 0; seconds < 10; seconds++) {
      trail.add({ latitude: 0, longitude: seconds / 10, at: Date.now() + seconds * 1_000, simulated: true });
    }
    trail.save(sessionStorage);
    const restore = (spoil) => {
      spoil?.();
      const other = new Trail();
      other.restore(sessionStorage, Date.now());
      return other.points.length;
    };
    return [restore(), restore(() => sessionStorage.setItem('fanfare.trail.1', '{"a":')),
      restore(() => sessionStorage.setItem('fanfare.trail.1', '[7]'))];
  });
  assert.deepEqual(lengths, [10, 0, 0]);
});

test('the rate is that of the last ten seconds and sinks in silence', async () => {
  const rates = await page.evaluate(async () => {
    const { Arrivals } = await import('/demo/arrivals.js');
    const arrivals = new Arrivals();
    const before = arrivals.rate(0);
    for (let at = 0; at <= 20_000; at += 500) arrivals.message(at, at - 90, false);
    return [before, arrivals.rate(20_100), arrivals.rate(24_000), arrivals.rate(31_000), arrivals.age(23_000)];
  });
  assert.equal(rates[0], null);
  assert.equal(rates[1], 2);
  assert.ok(rates[2] > 0.5 && rates[2] < 1.8, `${rates[2]}`);
  assert.equal(rates[3], 0);
  assert.equal(rates[4], 3_000);
});
