-- Reads the public keys that are up. Writes nothing.
--
-- KEYS[1] hash as in signing_announce.lua
--
-- Replies { now, ms since 1970, { field, value, … } }; those whose time is over may be among them.

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
return { now, redis.call('HGETALL', KEYS[1]) }
