// Socket.IO with its Redis adapter: a channel is a room, and messages come from Redis in the format of
// @socket.io/redis-emitter.
import { createServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-adapter';
import Redis from 'ioredis';
import { Server } from 'socket.io';

const redis = new Redis(Number(process.env.REDIS_PORT), '127.0.0.1');
const http = createServer();
const io = new Server(http, {
  adapter: createAdapter(redis, redis.duplicate()),
  transports: ['websocket'],
  perMessageDeflate: false,
});

io.on('connection', (socket) => socket.on('subscribe', (channel) => socket.join(channel)));
http.listen(Number(process.env.PORT), '127.0.0.1');
