// Chromium for the tests, and a watch over what the page does behind the scenes.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const ARTIFACTS = process.env.ARTIFACTS_DIR;

export const DESKTOP = { viewport: { width: 1366, height: 900 } };
export const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
export const DARK = { colorScheme: 'dark' };

export function launchChromium() {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
}

/**
 * Opens the page in a browser context of its own.
 *
 * @returns {Promise<{page: import('playwright-core').Page, watch: {requests: string[], errors: string[],
 *     violations: string[]}}>} `watch` grows while the page lives
 */
export async function openPage(browser, url, options = DESKTOP) {
  const context = await browser.newContext({ colorScheme: 'light', ...options });
  const page = await context.newPage();
  const watch = { requests: [], errors: [], violations: [] };
  page.on('request', (request) => watch.requests.push(request.url()));
  page.on('websocket', (socket) => watch.requests.push(socket.url()));
  page.on('pageerror', (error) => watch.errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') watch.errors.push(message.text());
  });
  await page.exposeFunction('reportViolation', (violation) => watch.violations.push(violation));
  await page.addInitScript(() => addEventListener('securitypolicyviolation', (event) =>
    window.reportViolation(`${event.violatedDirective} ${event.blockedURI}`)));
  await page.goto(url);
  return { page, watch };
}

/** Waits until the page says that it is in one of `states`. */
export async function awaitState(page, states, timeout = 15_000) {
  const wanted = [states].flat();
  await page.waitForFunction((names) => names.includes(document.documentElement.dataset.state), wanted, { timeout });
}

export async function awaitText(page, selector, text, timeout = 5_000) {
  await page.waitForFunction(([where, what]) => document.querySelector(where).textContent === what,
    [selector, text], { timeout });
}

export function text(page, selector) {
  return page.locator(selector).textContent();
}

/** Keeps a picture when `ARTIFACTS_DIR` is set. */
export async function keepPicture(page, name, fullPage = false) {
  if (ARTIFACTS === undefined) return;
  mkdirSync(ARTIFACTS, { recursive: true });
  await page.screenshot({ path: join(ARTIFACTS, `${name}.png`), fullPage });
}
