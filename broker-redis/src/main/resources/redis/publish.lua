-- Stores one message in a channel and announces it, once per message id.
--
-- Atomic because a subscriber that reads history and then listens must find every offset in exactly
-- one of the two, and because a publisher that repeats an id must never store it twice.
--
-- KEYS[1] meta hash: e = epoch, o = newest offset, k = mark of the newest message, f = newest fence
-- KEYS[2] stream: id <offset>-0, fields m = stored message, k = its mark, p = mark of the one before it
-- KEYS[3] result of the publish with this message id: "<epoch> <offset> <ticket>"
--
-- ARGV[1] stored message, JSON          ARGV[2] pub/sub name of the channel
-- ARGV[3] PUBLISH, in a cluster SPUBLISH
-- ARGV[4] ticket of this call: the mark of the message, the epoch to use if there is none, and that by
--         which a publisher that repeats this very call, because it saw no reply, knows the first one
-- ARGV[5] history size, entries; 0 stores nothing      ARGV[6] history ttl, milliseconds
-- ARGV[7] meta ttl, milliseconds        ARGV[8] idempotency window, milliseconds
-- ARGV[9] fence, or 0 for none          ARGV[10] 1 when the caller goes on to WAIT for replicas, else 0
--
-- Replies { epoch, offset, duplicate } where duplicate is 1 when another call stored the id before,
-- or { "FENCED" } when a newer fence has published to the channel; then nothing was changed.

local seen = redis.call('GET', KEYS[3])
if seen then
  local epoch, offset, ticket = string.match(seen, '^(%w+) (%d+) (%w+)$')
  if ARGV[10] == '1' then
    -- WAIT looks at what this connection wrote last. Without a write it would confirm nothing.
    redis.call('SET', KEYS[3], seen, 'KEEPTTL')
  end
  return { epoch, tonumber(offset), ticket == ARGV[4] and 0 or 1 }
end

local meta = redis.call('HMGET', KEYS[1], 'e', 'f', 'o', 'k')
local epoch = meta[1]
local previous = meta[4] or '0'
if ARGV[9] ~= '0' then
  if tonumber(meta[2] or '0') > tonumber(ARGV[9]) then
    return { 'FENCED' }
  end
  redis.call('HSET', KEYS[1], 'f', ARGV[9])
end

if not epoch then
  epoch = ARGV[4]
  redis.call('HSET', KEYS[1], 'e', epoch)
end
local offset = tonumber(meta[3] or '0') + 1
local decimal = string.format('%.0f', offset)
redis.call('HSET', KEYS[1], 'o', decimal, 'k', ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[7])

if offset == 1 then
  -- Left over from an older epoch, whose meta was lost: its ids would refuse ours.
  redis.call('UNLINK', KEYS[2])
end
if ARGV[5] ~= '0' then
  redis.call('XADD', KEYS[2], 'MAXLEN', '=', ARGV[5], decimal .. '-0', 'm', ARGV[1], 'k', ARGV[4], 'p', previous)
  redis.call('PEXPIRE', KEYS[2], ARGV[6])
end

redis.call('SET', KEYS[3], epoch .. ' ' .. decimal .. ' ' .. ARGV[4], 'PX', ARGV[8])
redis.call(ARGV[3], ARGV[2], table.concat({ '1', epoch, decimal, ARGV[4], previous, ARGV[1] }, ':'))
return { epoch, offset, 0 }
