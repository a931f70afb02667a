-- Forgets an API key that is disabled.
--
-- KEYS[1], KEYS[2] as in key_create.lua          ARGV[1] id
--
-- Replies 1 when it is forgotten, 0 when there is no such key, 2 when it is enabled.

local value = redis.call('HGET', KEYS[1], ARGV[1])
if not value then
  return 0
end
if string.match(value, '^[^\t]*\t[^\t]*\t([^\t]*)\t') == '1' then
  return 2
end
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('ZREM', KEYS[2], ARGV[1])
return 1
