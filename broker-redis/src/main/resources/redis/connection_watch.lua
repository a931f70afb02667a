-- Prolongs the lease of a gateway instance, or ends it, and tells which connections are to be closed.
--
-- Atomic because it is one answer. Leases are by the clock of Redis, so that the clocks of the instances do not
-- matter.
--
-- KEYS[1] sorted set: member = instance, score = until when its connections count, ms since 1970
-- KEYS[2] sorted set: member = "<serial> <kind> <value>", score = serial
--
-- ARGV[1] instance          ARGV[2] lease, milliseconds, or 0 to end it
-- ARGV[3] serial to begin after
--
-- Replies { number of instances whose lease had ended, members of KEYS[2] in their order }.

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local swept = redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now))
if ARGV[2] == '0' then
  redis.call('ZREM', KEYS[1], ARGV[1])
  return { swept, {} }
end
redis.call('ZADD', KEYS[1], string.format('%.0f', now + tonumber(ARGV[2])), ARGV[1])
-- With the last of them, whose lease may be longer than the caller's.
local last = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', tonumber(last[2])))
return { swept, redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. ARGV[3], '+inf') }
