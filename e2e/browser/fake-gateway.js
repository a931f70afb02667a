// A gateway of a hundred lines, for what a real one does only on a bad day: gaps, refusals, silence.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, normalize } from 'node:path';
import { WebSocketServer } from 'ws';

const PAGE = new URL('../../gateway-service/src/main/resources/META-INF/resources', import.meta.url);
const CONTENT_TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const PERIOD_SECONDS = 92.7 * 60;
const INCLINATION = 51.6;

/** Where a station on a circular orbit is, as the public API would say it. */
export function reading(at, simulated = false) {
  const angle = (at / 1000 / PERIOD_SECONDS) * 2 * Math.PI;
  const tilt = (INCLINATION * Math.PI) / 180;
  const latitude = (Math.asin(Math.sin(tilt) * Math.sin(angle)) * 180) / Math.PI;
  const along = (Math.atan2(Math.cos(tilt) * Math.sin(angle), Math.cos(angle)) * 180) / Math.PI;
  const turned = along - (at / 1000) * (360 / 86_164) + 700;
  const longitude = ((((turned + 180) % 360) + 360) % 360) - 180;
  return {
    iss_position: { latitude: latitude.toFixed(4), longitude: longitude.toFixed(4) },
    timestamp: Math.floor(at / 1000),
    message: 'success',
    ...(simulated && { source: 'simulated' }),
  };
}

export class FakeGateway {
  #http = createServer((request, response) => this.#serve(request, response));
  #webSockets = new WebSocketServer({ noServer: true });
  #offsets = new Map();
  epoch = 'e1';
  /** The frames that clients sent, oldest first; pings are answered and not kept. */
  received = [];
  /** Answers a subscribe frame; tests replace it. */
  onSubscribe = (frame, socket) => this.acknowledge(frame, socket);

  async start(port = 0) {
    this.#http.on('upgrade', (request, socket, head) => {
      this.#webSockets.handleUpgrade(request, socket, head, (client) => this.#accept(client));
    });
    await new Promise((done) => this.#http.listen(port, '127.0.0.1', done));
    return this;
  }

  get url() {
    return `http://127.0.0.1:${this.#http.address().port}/`;
  }

  async stop() {
    for (const client of this.#webSockets.clients) client.terminate();
    this.#http.closeAllConnections();
    await new Promise((done) => this.#http.close(done));
  }

  closeClients(code, reason) {
    for (const client of this.#webSockets.clients) client.close(code, reason);
  }

  offset(channel) {
    return this.#offsets.get(channel) ?? 0;
  }

  /** Counts messages without sending them, as if the client had been away. */
  lose(channel, count) {
    this.#offsets.set(channel, this.offset(channel) + count);
  }

  publish(channel, message, more = {}) {
    this.lose(channel, 1);
    this.send(this.publication(channel, message, this.offset(channel), more));
  }

  publication(channel, message, offset, more = {}) {
    return { channel, message, id: `m${offset}`, timestamp: Date.now(), clientId: 'telemetry-ingest',
      epoch: this.epoch, offset, ...more };
  }

  send(frame) {
    for (const client of this.#webSockets.clients) client.send(JSON.stringify(frame));
  }

  acknowledge({ channel, id }, socket, more = {}) {
    socket.send(JSON.stringify({ event: 'subscribed', channel, id, epoch: this.epoch,
      offset: this.offset(channel), recovered: false, ...more }));
  }

  /** Waits until clients have sent `count` frames other than pings. */
  async awaitReceived(count) {
    const deadline = Date.now() + 10_000;
    while (this.received.length < count) {
      if (Date.now() > deadline) throw new Error(`received only ${JSON.stringify(this.received)}`);
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  #accept(client) {
    client.on('message', (data) => {
      const frame = JSON.parse(data);
      if (frame.action === 'ping') {
        client.send(JSON.stringify({ event: 'pong', id: frame.id }));
        return;
      }
      this.received.push(frame);
      if (frame.action === 'subscribe') this.onSubscribe(frame, client);
    });
  }

  async #serve(request, response) {
    const path = normalize(new URL(request.url, 'http://page').pathname);
    const file = path === '/' ? '/index.html' : path;
    try {
      const body = await readFile(new URL(`${PAGE.href}${file}`));
      response.writeHead(200, {
        'Content-Type': CONTENT_TYPES[extname(file)] ?? 'application/octet-stream',
        'Content-Security-Policy': "default-src 'self'",
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  }
}
