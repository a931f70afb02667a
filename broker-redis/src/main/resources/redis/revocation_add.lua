-- Adds a revocation, and forgets some of those whose time is over.
--
-- Atomic because serials must grow in the order in which revocations can be read: a reader that asks for what
-- follows the newest one it knows must never miss one. The serial comes from the clock of Redis where that is
-- ahead of the last one, so it grows even when Redis has lost the log with all else.
--
-- KEYS[1] sorted set: score = serial,
--         member = "<serial> <kind> <made at> <effective at> <until> <value>", times in ms since 1970
-- KEYS[2] sorted set: member = serial, score = until, ms since 1970
--
-- ARGV[1] kind                           ARGV[2] value
-- ARGV[3] grace, milliseconds            ARGV[4] memory after that, milliseconds
-- ARGV[5] most revocations to keep
--
-- Replies { 1, the member } or { 0 } when there are as many as may be kept. Running twice adds it twice, which
-- revokes no more.

local time = redis.call('TIME')
local micros = tonumber(time[1]) * 1000000 + tonumber(time[2])
local now = math.floor(micros / 1000)

local over = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', string.format('%.0f', now), 'LIMIT', 0, 1000)
for _, serial in ipairs(over) do
  redis.call('ZREMRANGEBYSCORE', KEYS[1], serial, serial)
  redis.call('ZREM', KEYS[2], serial)
end
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[5]) then
  return { 0 }
end

local newest = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
local serial = string.format('%.0f', math.max(micros, tonumber(newest[2] or '0') + 1))
local effective = now + tonumber(ARGV[3])
local last = string.format('%.0f', effective + tonumber(ARGV[4]))
local member = string.format('%s %s %.0f %.0f %s %s', serial, ARGV[1], now, effective, last, ARGV[2])
redis.call('ZADD', KEYS[1], serial, member)
redis.call('ZADD', KEYS[2], last, serial)

-- With the last of them, whose memory may be longer than this one's.
local longest = redis.call('ZREVRANGE', KEYS[2], 0, 0, 'WITHSCORES')
local expiry = string.format('%.0f', tonumber(longest[2]))
redis.call('PEXPIREAT', KEYS[1], expiry)
redis.call('PEXPIREAT', KEYS[2], expiry)
return { 1, member }
