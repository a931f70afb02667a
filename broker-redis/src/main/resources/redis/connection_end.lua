-- Asks every gateway instance to close connections, and forgets what was asked long ago.
--
-- Atomic because serials must grow in the order in which they can be read: a reader that asks for what follows the
-- newest one it knows must never miss one.
--
-- KEYS[1] sorted set: member = "<serial> <kind> <value>", score = serial, µs since 1970 or one more than the last
--
-- ARGV[1] kind               ARGV[2] value
-- ARGV[3] how long it is kept, milliseconds      ARGV[4] most of them to keep
--
-- Replies { 1, the member } or { 0 } when there are as many as may be kept. Running twice asks twice, which closes
-- no more.

local time = redis.call('TIME')
local micros = tonumber(time[1]) * 1000000 + tonumber(time[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', micros - tonumber(ARGV[3]) * 1000))
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[4]) then
  return { 0 }
end
local newest = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
local serial = string.format('%.0f', math.max(micros, tonumber(newest[2] or '0') + 1))
local member = serial .. ' ' .. ARGV[1] .. ' ' .. ARGV[2]
redis.call('ZADD', KEYS[1], serial, member)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return { 1, member }
