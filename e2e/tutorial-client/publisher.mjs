// The tutorial's publisher: puts samples as JSON text on a plain Redis channel.
import { Redis } from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? 'redis://localhost:6379');

for (let sample = 1; sample <= 3; sample++) {
  const position = { latitude: '12.3456', longitude: '-65.4321' };
  await redis.publish('iss.telemetry', JSON.stringify({ iss_position: position, sample }));
}

await redis.quit();
