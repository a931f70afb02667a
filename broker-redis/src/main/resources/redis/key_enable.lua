-- Enables or disables an API key.
--
-- Atomic because versions must grow in the order in which changes can be read: a reader that asks for what follows
-- the newest one it knows must never miss one.
--
-- KEYS[1], KEYS[2] as in key_create.lua
--
-- ARGV[1] id          ARGV[2] 1 to enable it, 0 to disable it
--
-- Replies { 1, the value } or { 0 } when there is no such key. Running twice changes it once.

local value = redis.call('HGET', KEYS[1], ARGV[1])
if not value then
  return { 0 }
end
local enabled, rest = string.match(value, '^[^\t]*\t[^\t]*\t([^\t]*)\t(.*)$')
if enabled == ARGV[2] then
  return { 1, value }
end
local time = redis.call('TIME')
local micros = tonumber(time[1]) * 1000000 + tonumber(time[2])
local newest = redis.call('ZREVRANGE', KEYS[2], 0, 0, 'WITHSCORES')
local version = string.format('%.0f', math.max(micros, tonumber(newest[2] or '0') + 1))
value = table.concat({ ARGV[1], version, ARGV[2], rest }, '\t')
redis.call('HSET', KEYS[1], ARGV[1], value)
redis.call('ZADD', KEYS[2], version, ARGV[1])
return { 1, value }
