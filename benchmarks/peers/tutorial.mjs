// The server of the tutorial, as its article describes it: a Redis client for each channel, and for each
// message a JSON text that is made anew for every subscriber.
import Redis from 'ioredis';
import { WebSocket, WebSocketServer } from 'ws';

const redisPort = Number(process.env.REDIS_PORT);
const clients = new Map();
const subscribers = new Map();

const server = new WebSocketServer({ port: Number(process.env.PORT), host: '127.0.0.1' });

server.on('connection', (socket) => {
  socket.on('message', (text) => {
    try {
      const { action, channel } = JSON.parse(text);
      if (action !== 'subscribe' || typeof channel !== 'string') {
        socket.send(JSON.stringify({ error: 'Invalid action or channel name' }));
        return;
      }
      subscribe(socket, channel);
    } catch {
      socket.send(JSON.stringify({ error: 'Invalid message format' }));
    }
  });
  socket.on('close', () => leave(socket));
  socket.on('error', () => {});
});

function subscribe(socket, channel) {
  if (!clients.has(channel)) {
    const client = new Redis(redisPort, '127.0.0.1');
    clients.set(channel, client);
    client.subscribe(channel, () => {});
    client.on('message', (from, message) => deliver(from, message));
    client.on('error', (error) => console.error(String(error)));
  }
  if (!subscribers.has(channel)) {
    subscribers.set(channel, new Set());
  }
  subscribers.get(channel).add(socket);
}

function deliver(channel, message) {
  subscribers.get(channel)?.forEach((socket) => {
    if (socket.readyState === WebSocket.OPEN) {
      socket.send(JSON.stringify({ channel, message }));
    }
  });
}

function leave(socket) {
  subscribers.forEach((sockets, channel) => {
    sockets.delete(socket);
    if (sockets.size === 0) {
      clients.get(channel)?.quit();
      clients.delete(channel);
      subscribers.delete(channel);
    }
  });
}
