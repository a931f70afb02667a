-- Keeps a new API key, enabled, unless there is one with its id.
--
-- KEYS[1] hash: field = id,
--         value = "<id>\t<version>\t<1 enabled, 0 not>\t<created at, ms since 1970>\t<SHA-256>\t<name>\t<capability>"
-- KEYS[2] sorted set: member = id, score = version
--
-- ARGV[1] id          ARGV[2] SHA-256 of the secret          ARGV[3] name          ARGV[4] capability
-- ARGV[5] most keys to keep
--
-- Replies { 1, the value } or { 0 } when there are as many as may be kept. Running twice makes one.

local existing = redis.call('HGET', KEYS[1], ARGV[1])
if existing then
  return { 1, existing }
end
if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[5]) then
  return { 0 }
end
local time = redis.call('TIME')
local micros = tonumber(time[1]) * 1000000 + tonumber(time[2])
local newest = redis.call('ZREVRANGE', KEYS[2], 0, 0, 'WITHSCORES')
local version = string.format('%.0f', math.max(micros, tonumber(newest[2] or '0') + 1))
local created = string.format('%.0f', math.floor(micros / 1000))
local value = table.concat({ ARGV[1], version, '1', created, ARGV[2], ARGV[3], ARGV[4] }, '\t')
redis.call('HSET', KEYS[1], ARGV[1], value)
redis.call('ZADD', KEYS[2], version, ARGV[1])
return { 1, value }
