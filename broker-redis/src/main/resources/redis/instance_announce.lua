-- Notes that an instance of a service is well and what it has to do, or forgets it, and tells of the others.
--
-- Atomic because two instances that announce themselves at the same time must not both miss the other.
-- Who is well until when is by the clock of Redis, so that the clocks of the instances do not matter.
--
-- KEYS[1] sorted set: member = instance, score = well until, ms since 1970
-- KEYS[2] hash: field = instance, value = its load
--
-- ARGV[1] instance                       ARGV[2] 1 when it is well, else 0
-- ARGV[3] ttl, milliseconds              ARGV[4] its load, any text
--
-- Replies a list with the load of each other instance that is well, '' where it has said none.

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now))) do
  redis.call('HDEL', KEYS[2], gone)
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now))

if ARGV[2] == '1' then
  redis.call('ZADD', KEYS[1], string.format('%.0f', now + tonumber(ARGV[3])), ARGV[1])
  redis.call('HSET', KEYS[2], ARGV[1], ARGV[4])
  -- With the last of them, whose ttl may be longer than the caller's.
  local last = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  for _, key in ipairs(KEYS) do
    redis.call('PEXPIREAT', key, string.format('%.0f', tonumber(last[2])))
  end
else
  redis.call('ZREM', KEYS[1], ARGV[1])
  redis.call('HDEL', KEYS[2], ARGV[1])
end

local others = {}
for _, instance in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if instance ~= ARGV[1] then
    others[#others + 1] = redis.call('HGET', KEYS[2], instance) or ''
  end
end
return others
