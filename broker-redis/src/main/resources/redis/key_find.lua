-- Reads an API key. Writes nothing.
--
-- KEYS[1] hash as in key_create.lua          ARGV[1] id
--
-- Replies the values that there are: one or none.

local value = redis.call('HGET', KEYS[1], ARGV[1])
return value and { value } or {}
