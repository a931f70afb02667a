// A publisher as most are written: Express takes the request, one transaction stores the message in a stream that
// keeps 100 and announces it. It knows no ids that come again, no offsets and no limits.
import { randomUUID } from 'node:crypto';
import express from 'express';
import Redis from 'ioredis';

const HISTORY = 100;

const redis = new Redis(Number(process.env.REDIS_PORT), '127.0.0.1');
const app = express();

app.use(express.json());

app.post('/v1/channels/:channel/messages', async (request, response) => {
  const { channel } = request.params;
  const id = randomUUID();
  const message = JSON.stringify({ message: request.body.data, id, timestamp: Date.now() });
  const [[failure, entry]] = await redis
    .multi()
    .xadd(`express:${channel}`, 'MAXLEN', HISTORY, '*', 'm', message)
    .publish(channel, message)
    .exec();
  if (failure) {
    throw failure;
  }
  response.status(201).json({ channel, id, entry });
});

app.listen(Number(process.env.PORT), '127.0.0.1');
