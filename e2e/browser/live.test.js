// The demo page on a running installation: GATEWAY_URL, and PUBLISHER_URL for the console.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { awaitState, DARK, DESKTOP, keepPicture, launchChromium, openPage, PHONE, text } from './browser.js';
import { StoppableProxy } from './stoppable-proxy.js';

const { GATEWAY_URL, PUBLISHER_URL } = process.env;
assert.ok(GATEWAY_URL && PUBLISHER_URL, 'GATEWAY_URL and PUBLISHER_URL name a running installation; ./dev test starts one');

const FIRST_POSITION_MILLIS = 6_000;
let browser;
let gateway;

before(async () => {
  browser = await launchChromium();
  gateway = await new StoppableProxy(GATEWAY_URL).start();
});

after(async () => {
  await browser?.close();
  await gateway?.stop();
});

function position(page) {
  return page.evaluate(() => `${latitude.textContent} ${longitude.textContent}`);
}

async function awaitMove(page) {
  const earlier = await position(page);
  await page.waitForFunction((before) => `${latitude.textContent} ${longitude.textContent}` !== before, earlier,
    { timeout: FIRST_POSITION_MILLIS });
}

test('the station appears and moves within 6 s, and its trail grows', async () => {
  const { page } = await openPage(browser, gateway.url);
  await page.waitForFunction(() => /^\d+\.\d{4}° [NS]$/.test(latitude.textContent)
    && /^\d+\.\d{4}° [EW]$/.test(longitude.textContent), null, { timeout: FIRST_POSITION_MILLIS });
  await awaitMove(page);
  await awaitState(page, 'live');

  const points = () => page.locator('#map').getAttribute('data-trail-points').then(Number);
  const earlier = await points();
  await page.waitForFunction((before) => Number(map.dataset.trailPoints) > before, earlier, { timeout: 5_000 });

  assert.match(await text(page, '#source'), /^(Live public API|Built-in orbit model)$/);
  assert.equal(await page.locator('#marker .tag').isVisible(), true);
  await keepPicture(page, 'live-desktop-light', true);
  await page.context().close();
});

test('the page asks only its own gateway, without errors and without breaking its policy', async () => {
  const { page, watch } = await openPage(browser, gateway.url);
  await awaitState(page, 'live');
  await page.getByRole('radio', { name: 'Follow' }).check();
  await awaitMove(page);

  const { host } = new URL(gateway.url);
  assert.deepEqual(watch.requests.filter((url) => new URL(url).host !== host), []);
  assert.ok(watch.requests.some((url) => url === `ws://${host}/ws`));
  assert.deepEqual(watch.errors, []);
  assert.deepEqual(watch.violations, []);
  await page.context().close();
});

test('the gateway goes away and comes back: offline, then live again without a reload', async () => {
  const { page } = await openPage(browser, gateway.url);
  await awaitState(page, 'live');
  await page.evaluate(() => { window.sameDocument = true; });

  await gateway.stop();
  await awaitState(page, 'offline');
  await page.waitForTimeout(2_500);
  await keepPicture(page, 'offline-desktop-light');
  await gateway.start();
  await awaitState(page, 'live', 30_000);

  await awaitMove(page);
  assert.equal(await page.evaluate(() => window.sameDocument), true);
  assert.equal(await text(page, '#missed'), '0');
  assert.ok(Number(await text(page, '#recovered')) > 0);
  await page.context().close();
});

test('a message published by the curl command arrives in the console', async () => {
  const { page } = await openPage(browser, gateway.url, { ...DESKTOP, ...DARK });
  await awaitState(page, 'live');
  await page.locator('#console-button').click();
  await page.locator('#console-form[data-state=subscribed]').waitFor();

  const curl = await text(page, '#curl');
  const [, path] = /^curl 'http:\/\/[^/]+(\/v1\/channels\/[^']+)'/.exec(curl);
  const [, body] = /-d '(.+)'$/.exec(curl);
  const answer = await fetch(new URL(path, PUBLISHER_URL), {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  assert.equal(answer.status, 201);

  const entry = page.locator('#console-entries li').first();
  assert.equal(await entry.locator('code').textContent(), '{"hello":"world"}');
  await keepPicture(page, 'live-desktop-dark', true);
  await page.context().close();
});

for (const [scheme, options] of [['light', PHONE], ['dark', { ...PHONE, ...DARK }]]) {
  test(`on a phone, ${scheme}, nothing is wider than the screen`, async () => {
    const { page } = await openPage(browser, gateway.url, options);
    await awaitState(page, 'live');
    const { content, screen } = await page.evaluate(() =>
      ({ content: document.documentElement.scrollWidth, screen: innerWidth }));
    assert.equal(screen, PHONE.viewport.width);
    assert.ok(content <= screen, `${content} > ${screen}`);
    await keepPicture(page, `live-phone-${scheme}`, true);
    await page.context().close();
  });
}
