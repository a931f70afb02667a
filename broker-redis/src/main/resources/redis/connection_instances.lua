-- Tells which gateway instances have a lease. Writes nothing.
--
-- KEYS[1] sorted set: member = instance, score = until when its connections count, ms since 1970
--
-- Replies the instances.

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
return redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. string.format('%.0f', now), '+inf')
