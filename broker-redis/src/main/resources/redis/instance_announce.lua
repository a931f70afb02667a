-- Notes that an instance of a service is well, or forgets it, and counts the others that are well.
--
-- Atomic because two instances that announce themselves at the same time must not both miss the other.
-- Who is well until when is by the clock of Redis, so that the clocks of the instances do not matter.
--
-- KEYS[1] sorted set: member = instance, score = well until, ms since 1970
--
-- ARGV[1] instance                       ARGV[2] 1 when it is well, else 0
-- ARGV[3] ttl, milliseconds
--
-- Replies the number of other instances that are well.

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now))

if ARGV[2] ~= '1' then
  redis.call('ZREM', KEYS[1], ARGV[1])
  return redis.call('ZCARD', KEYS[1])
end
redis.call('ZADD', KEYS[1], string.format('%.0f', now + tonumber(ARGV[3])), ARGV[1])
-- With the last of them, whose ttl may be longer than the caller's.
local last = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', tonumber(last[2])))
return redis.call('ZCARD', KEYS[1]) - 1
