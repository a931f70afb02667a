// Stands between the browser and a gateway so that the gateway can go away and come back.

import { connect, createServer } from 'node:net';

export class StoppableProxy {
  #target;
  #server = null;
  #sockets = new Set();
  #port = 0;

  /** @param {string} target `http://host:port` */
  constructor(target) {
    this.#target = new URL(target);
  }

  get url() {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** Listens, after a stop on the same port as before. */
  async start() {
    this.#server = createServer((client) => this.#join(client));
    await new Promise((done, failed) => {
      this.#server.once('error', failed);
      this.#server.listen(this.#port, '127.0.0.1', done);
    });
    this.#port = this.#server.address().port;
    return this;
  }

  /** Cuts every connection and refuses new ones. */
  async stop() {
    const closed = new Promise((done) => this.#server.close(done));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #join(client) {
    const gateway = connect(Number(this.#target.port || 80), this.#target.hostname);
    for (const [from, to] of [[client, gateway], [gateway, client]]) {
      this.#sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
    }
  }
}
