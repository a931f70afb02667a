-- Takes a lease that is free, or prolongs it for the owner who has it.
--
-- Atomic because two processes must never both find it free. The fence comes from the clock of Redis
-- where that is ahead of the last one, so it grows even when Redis has lost the lease with all else.
--
-- KEYS[1] lease hash: o = owner, u = until, f = fence; times in microseconds by the clock of Redis
--
-- ARGV[1] owner                          ARGV[2] ttl, milliseconds
--
-- Replies { 1, fence } when the caller has the lease, else { 0, milliseconds that remain }.

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local lease = redis.call('HMGET', KEYS[1], 'o', 'u', 'f')
local owner = lease[1]
local last_until = tonumber(lease[2] or '0')
local fence = tonumber(lease[3] or '0')
local held = owner and last_until > now

if held and owner ~= ARGV[1] then
  return { 0, math.ceil((last_until - now) / 1000) }
end
if not held then
  fence = math.max(fence + 1, now)
end

local ttl = tonumber(ARGV[2])
redis.call('HSET', KEYS[1], 'o', ARGV[1], 'u', string.format('%.0f', now + ttl * 1000), 'f', string.format('%.0f', fence))
-- A day longer than the lease: the last fence guards against a clock that is set back.
redis.call('PEXPIRE', KEYS[1], ttl + 86400000)
return { 1, fence }
