-- Spends time of a budget: the generic cell rate algorithm without its verdict, which the instances give.
--
-- Atomic because what two instances spend at the same moment must both count.
--
-- KEYS[1] when nothing of the budget is spent any more, µs since 1970 by the clock of Redis
--
-- ARGV[1] cost, microseconds
--
-- Replies the microseconds from now until nothing is spent any more. Running twice spends twice.

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local whole_at = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0')) + tonumber(ARGV[1])
local ahead = whole_at - now
redis.call('SET', KEYS[1], string.format('%.0f', whole_at), 'PX', string.format('%.0f', math.ceil(ahead / 1000)))
return ahead
