-- Reads API keys in the order in which they changed last. Writes nothing.
--
-- KEYS[1], KEYS[2] as in key_create.lua
--
-- ARGV[1] version to begin after, 0 for the oldest          ARGV[2] most keys to tell, at most 1000
--
-- Replies the values.

local ids = redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. ARGV[1], '+inf', 'LIMIT', 0, ARGV[2])
return #ids == 0 and {} or redis.call('HMGET', KEYS[1], unpack(ids))
