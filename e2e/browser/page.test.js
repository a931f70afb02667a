// The demo page in front of a gateway that misbehaves on demand.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { awaitState, awaitText, DARK, DESKTOP, keepPicture, launchChromium, openPage, PHONE, text } from './browser.js';
import { FakeGateway, reading } from './fake-gateway.js';

const CHANNEL = 'iss.telemetry';
let browser;
let gateway;

before(async () => {
  browser = await launchChromium();
});

after(async () => {
  await browser?.close();
});

beforeEach(async () => {
  gateway = await new FakeGateway().start();
});

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await gateway.stop();
});

const publishNow = (simulated = false) => gateway.publish(CHANNEL, reading(Date.now(), simulated));

async function openSubscribed(options) {
  const opened = await openPage(browser, gateway.url, options);
  await awaitState(opened.page, 'connected');
  await gateway.awaitReceived(1);
  return opened;
}

async function openLive(options) {
  const opened = await openSubscribed(options);
  publishNow();
  await awaitState(opened.page, 'live');
  return opened;
}

test('before the first message the page says that it waits', async () => {
  const { page } = await openSubscribed();
  assert.equal(await text(page, '#notice-text'), 'Waiting for the first message.');
  assert.equal(await page.locator('#marker .tag').isVisible(), false);
  assert.deepEqual(gateway.received[0], { action: 'subscribe', channel: CHANNEL, id: '1', rewind: 300 });
  await keepPicture(page, 'connected-desktop-light');
});

test('the source is named: the public API or the model', async () => {
  const { page } = await openLive();
  assert.equal(await text(page, '#source'), 'Live public API');
  publishNow(true);
  await awaitText(page, '#source', 'Built-in orbit model');
  assert.equal(await text(page, '#source-note'), 'The public API does not answer.');
});

test('a plain Redis message with the reading as text moves the station', async () => {
  const { page } = await openSubscribed();
  gateway.send({ channel: CHANNEL, message: '{"iss_position":{"latitude":"-12.5","longitude":"170.25"},"timestamp":1700000000}' });
  await awaitText(page, '#latitude', '12.5000° S');
  assert.equal(await text(page, '#longitude'), '170.2500° E');
});

test('messages that are no reading leave the map alone', async () => {
  const { page, watch } = await openSubscribed();
  for (const message of [null, 7, 'text', [], {}, { iss_position: { latitude: '91', longitude: '0' } },
    { iss_position: { latitude: '', longitude: null } }]) gateway.publish(CHANNEL, message);
  await awaitText(page, '#received', '7');
  assert.equal(await text(page, '#latitude'), '–');
  assert.deepEqual(watch.errors, []);
});

test('a history that comes with the answer becomes the trail', async () => {
  gateway.lose(CHANNEL, 120);
  gateway.onSubscribe = (frame, socket) => {
    gateway.acknowledge(frame, socket, { recovered: true });
    // Read once: a second that ends between two messages would make the trail longer.
    const now = Date.now();
    for (let offset = 1; offset <= 120; offset++) {
      const at = now - (121 - offset) * 1_000;
      socket.send(JSON.stringify(gateway.publication(CHANNEL, reading(at), offset, { timestamp: at })));
    }
  };
  const { page } = await openPage(browser, gateway.url);
  await awaitText(page, '#recovered', '120');
  assert.equal(await text(page, '#trail'), '1 min 59 s');
  assert.equal(await text(page, '#missed'), '0');
});

test('silence is called silence', async () => {
  const { page } = await openLive();
  await awaitState(page, 'stale', 10_000);
  assert.match(await text(page, '#notice-text'), /^Connected, but no message for \d+ s\.$/);
  await keepPicture(page, 'stale-desktop-light');
});

test('after a loss the page resumes from its position and counts what history gave back', async () => {
  const { page } = await openLive();
  gateway.onSubscribe = (frame, socket) => {
    const from = frame.recover.offset;
    gateway.lose(CHANNEL, 3);
    gateway.acknowledge(frame, socket, { recovered: true });
    for (let offset = from + 1; offset <= from + 3; offset++) {
      socket.send(JSON.stringify(gateway.publication(CHANNEL, reading(Date.now()), offset)));
    }
  };
  gateway.closeClients(1012, 'restart');
  await awaitText(page, '#recovered', '3');
  assert.deepEqual(gateway.received.at(-1).recover, { epoch: 'e1', offset: 1, messageId: 'm1' });
  publishNow();
  await awaitText(page, '#received', '2');
  assert.equal(await text(page, '#missed'), '0');
});

test('what history could not give back is counted as missed', async () => {
  const { page } = await openLive();
  gateway.lose(CHANNEL, 4);
  gateway.closeClients(4000, 'slow-consumer');
  await awaitText(page, '#missed', '4');
  assert.equal(await text(page, '#recovered'), '0');
});

test('a hole between two messages is counted, a repeated message is not', async () => {
  const { page } = await openLive();
  gateway.lose(CHANNEL, 2);
  publishNow();
  await awaitText(page, '#missed', '2');
  gateway.send(gateway.publication(CHANNEL, reading(Date.now()), 1));
  publishNow();
  await awaitText(page, '#received', '3');
  assert.equal(await text(page, '#missed'), '2');
});

test('a discontinuity with a new epoch is missed messages of unknown number', async () => {
  const { page } = await openLive();
  gateway.epoch = 'e2';
  gateway.send({ event: 'discontinuity', channel: CHANNEL, epoch: 'e2', offset: 0, reason: 'epoch-changed' });
  await awaitText(page, '#missed', '0 or more');
});

test('a discontinuity over rewritten messages is missed messages of unknown number', async () => {
  const { page } = await openLive();
  gateway.send({ event: 'discontinuity', channel: CHANNEL, epoch: 'e1', offset: 1, reason: 'rewritten' });
  await awaitText(page, '#missed', '0 or more');
});

test('degraded and restored are shown as long as they last', async () => {
  const { page } = await openLive();
  gateway.send({ event: 'degraded' });
  await awaitState(page, 'degraded');
  gateway.send({ event: 'restored' });
  await awaitState(page, ['live', 'stale']);
});

test('a request to reconnect is obeyed, without an offline moment', async () => {
  const { page } = await openLive();
  await page.evaluate(() => {
    window.seen = [];
    new MutationObserver(() => window.seen.push(document.documentElement.dataset.state))
      .observe(document.documentElement, { attributeFilter: ['data-state'] });
  });
  gateway.send({ event: 'reconnect', afterMs: 100 });
  await gateway.awaitReceived(2);
  publishNow();
  await awaitState(page, 'live');
  assert.equal((await page.evaluate(() => window.seen)).includes('offline'), false);
});

test('close code 4500 ends it: no reconnect until the visitor asks', async () => {
  const { page } = await openLive();
  gateway.closeClients(4500, 'gone-for-good');
  await awaitState(page, 'refused');
  assert.match(await text(page, '#notice-text'), /4500, gone-for-good/);
  await page.waitForTimeout(3_000);
  assert.equal(gateway.received.length, 1);
  await page.getByRole('button', { name: 'Connect again' }).click();
  await gateway.awaitReceived(2);
});

test('a dead gateway is tried again, and the button tries at once', async () => {
  const { page } = await openLive(PHONE);
  const { port } = new URL(gateway.url);
  await gateway.stop();
  await awaitState(page, 'offline');
  await keepPicture(page, 'offline-phone-light');
  gateway = await new FakeGateway().start(Number(port));
  await page.getByRole('button', { name: 'Try now' }).click({ timeout: 2_000 }).catch(() => {
    // The page was faster than the click.
  });
  await gateway.awaitReceived(1);
});

test('a refused subscription is told in the gateway’s words', async () => {
  gateway.onSubscribe = ({ id }, socket) =>
    socket.send(JSON.stringify({ error: 'Not allowed', code: 40300, detail: 'no subscribe on iss.*', id }));
  const { page } = await openPage(browser, gateway.url);
  await awaitState(page, 'rejected');
  assert.equal(await text(page, '#notice-text'), 'Not allowed: no subscribe on iss.*');
});

test('frames that make no sense do no harm', async () => {
  const { page, watch } = await openLive();
  for (const frame of [null, 7, [], {}, { event: 'unheard-of' }, { event: 'subscribed', channel: 'other' },
    { channel: 'other', message: 1 }, { error: 'x' }, { event: 'reconnect' }]) gateway.send(frame);
  await gateway.awaitReceived(2);
  publishNow();
  await awaitState(page, 'live');
  assert.deepEqual(watch.errors, []);
});

test('the console shows what arrives, newest first and at most fifty', async () => {
  const { page } = await openLive();
  await page.getByLabel('Channel', { exact: true }).fill('my.channel');
  assert.match(await text(page, '#curl'), /\/v1\/channels\/my\.channel\/messages'/);
  await page.getByRole('button', { name: 'Subscribe', exact: true }).click();
  await page.locator('#console-form[data-state=subscribed]').waitFor();
  for (let count = 1; count <= 60; count++) gateway.publish('my.channel', { count });
  await awaitText(page, '#console-count', 'newest 50 of 60');
  assert.equal(await page.locator('#console-entries li').count(), 50);
  assert.equal(await page.locator('#console-entries li code').first().textContent(), '{"count":60}');
  await page.getByRole('button', { name: 'Unsubscribe' }).click();
  await gateway.awaitReceived(3);
  assert.deepEqual(gateway.received.at(-1), { action: 'unsubscribe', channel: 'my.channel' });
});

test('markup in a message or a channel stays text', async () => {
  const { page, watch } = await openLive();
  const evil = '<img src=x onerror=alert(1)>';
  await page.getByLabel('Channel', { exact: true }).fill("it's");
  assert.match(await text(page, '#curl'), /channels\/it%27s\/messages'/);
  await page.locator('#console-button').click();
  await page.locator('#console-form[data-state=subscribed]').waitFor();
  gateway.publish("it's", evil, { name: evil });
  await page.locator('#console-entries li').first().waitFor();
  assert.equal(await page.locator('#console-entries img').count(), 0);
  assert.equal(await page.locator('#console-entries code').textContent(), evil);
  assert.deepEqual(watch.violations, []);
});

test('a refused channel is told beside the field, and another may be tried', async () => {
  const { page } = await openLive();
  gateway.onSubscribe = ({ id }, socket) =>
    socket.send(JSON.stringify({ error: 'Invalid action or channel name', code: 40007, id }));
  await page.getByLabel('Channel', { exact: true }).fill('bad channel');
  await page.locator('#console-button').click();
  await awaitText(page, '#console-state', 'Invalid action or channel name (40007)');
  assert.equal(await text(page, '#console-button'), 'Subscribe');
});

test('the copy button puts the curl command on the clipboard', async () => {
  const { page } = await openLive({ ...DESKTOP, permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByRole('button', { name: 'Copy the curl command' }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await text(page, '#curl'));
});

test('dark and light differ, and both have readable text', async () => {
  const seen = [];
  for (const options of [DESKTOP, { ...DESKTOP, ...DARK }]) {
    const { page } = await openLive(options);
    const { lowest, background } = await page.evaluate(measureContrast);
    assert.ok(lowest.ratio >= 4.5, `${lowest.pair} has ${lowest.ratio}`);
    seen.push(background);
  }
  assert.notEqual(seen[0], seen[1]);
});

/** The least contrast among the pairs of text and ground that the page uses. Runs in the page. */
function measureContrast() {
  const probe = document.body.appendChild(document.createElement('i'));
  const luminance = (name) => {
    probe.style.color = `var(--${name})`;
    const [red, green, blue] = getComputedStyle(probe).color.match(/[\d.]+/g).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const grounds = ['page', 'panel', 'sunken'];
  const pairs = ['ink', 'quiet', 'good', 'bad', 'warn'].flatMap((ink) => grounds.map((ground) => [ink, ground]))
    .concat([['accent-ink', 'accent'], ['ink', 'raised']]);
  const ratios = pairs.map(([ink, ground]) => {
    const [dark, light] = [luminance(ink), luminance(ground)].sort((a, b) => a - b);
    return { pair: `${ink} on ${ground}`, ratio: (light + 0.05) / (dark + 0.05) };
  });
  return {
    lowest: ratios.reduce((least, ratio) => (ratio.ratio < least.ratio ? ratio : least)),
    background: getComputedStyle(document.documentElement).backgroundColor,
  };
}

test('who prefers reduced motion gets no animation', async () => {
  const { page } = await openLive({ ...DESKTOP, reducedMotion: 'reduce' });
  publishNow();
  await awaitText(page, '#received', '2');
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
});

test('while nothing moves nothing is drawn', async () => {
  const { page } = await openLive();
  await page.waitForTimeout(2_500);
  const drawn = await page.evaluate(async () => {
    let count = 0;
    const draw = CanvasRenderingContext2D.prototype.drawImage;
    CanvasRenderingContext2D.prototype.drawImage = function counted(...rest) {
      count++;
      return draw.apply(this, rest);
    };
    await new Promise((done) => setTimeout(done, 3_000));
    return count;
  });
  assert.equal(drawn, 0);
});

test('everything can be reached and told by keyboard and screen reader', async () => {
  const { page } = await openLive();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.getByRole('radio', { name: 'Follow' }).isChecked(), true);
  assert.match(await page.getByRole('img', { name: /^World map/ }).getAttribute('aria-label'),
    /^World map\. The station is over \d+\.\d{4}° (north|south), \d+\.\d{4}° (east|west), where it is (day|night)\.$/);
  const live = await page.locator('[aria-live=polite]').evaluateAll((elements) => elements.map(({ id, className }) => id || className));
  assert.deepEqual(live, ['state', 'source', 'console-state']);
  await page.waitForTimeout(800);
  await keepPicture(page, 'follow-desktop-light');
});

test('on small screens nothing is wider than the screen', async () => {
  const { page } = await openLive(PHONE);
  for (const width of [320, 390, 768]) {
    await page.setViewportSize({ width, height: 800 });
    const content = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(content <= width, `${content} at ${width}`);
  }
});
