-- Puts a public key up or renews it, and takes down those whose time is over.
--
-- KEYS[1] hash: field = id, value = "<since> <until> <JWK>", times in ms since 1970
--
-- ARGV[1] id          ARGV[2] JWK          ARGV[3] how long it stays, milliseconds          ARGV[4] most keys
--
-- Replies 1, or 0 when there are as many as may be. Running twice puts it up once.

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

local all = redis.call('HGETALL', KEYS[1])
local since = now
local count = 0
local last = now + tonumber(ARGV[3])
local longest = last
for i = 1, #all, 2 do
  local from, to, jwk = string.match(all[i + 1], '^(%d+) (%d+) (.*)$')
  if tonumber(to) <= now then
    redis.call('HDEL', KEYS[1], all[i])
  elseif all[i] ~= ARGV[1] then
    count = count + 1
    longest = math.max(longest, tonumber(to))
  elseif jwk == ARGV[2] then
    since = tonumber(from)
  end
end
if count >= tonumber(ARGV[4]) then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f %.0f %s', since, last, ARGV[2]))
redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', longest))
return 1
