-- Reads the newest position of a channel and what is stored after another position.
--
-- Atomic because the entries must reach exactly up to the position that is told with them.
-- A channel without an epoch gets one, so that whoever starts from here later sees what came after.
--
-- KEYS[1] meta hash: e = epoch, o = newest offset, k = mark of the newest message
-- KEYS[2] stream: id <offset>-0, fields m, k, p as publish.lua writes them
-- KEYS[3] index of the channels of the partition
--
-- ARGV[1] epoch to use if there is none                  ARGV[2] meta ttl, milliseconds
-- ARGV[3] epoch to read after, or "" to read no entries  ARGV[4] offset to read after
-- ARGV[5] most entries that the caller will take
--
-- Replies { epoch, newest offset, its mark, entries }. Entries are those of XRANGE, oldest first; there are none
-- when the epochs differ, when the offset is not before the newest, or when there would be too many.
-- Fewer entries than the offsets are apart mean that some are no longer kept.

local meta = redis.call('HMGET', KEYS[1], 'e', 'o', 'k')
local epoch = meta[1]
local top = tonumber(meta[2] or '0')
local mark = meta[3] or '0'
if not epoch then
  epoch = ARGV[1]
  top = 0
  mark = '0'
  redis.call('HSET', KEYS[1], 'e', epoch, 'o', '0', 'k', mark)
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  enter_into_index(KEYS[3], KEYS[1])
elseif redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) / 2 then
  -- Somebody still looks at the channel. Written only when half has passed: a read stays a read.
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end

local since = tonumber(ARGV[4])
local missing = top - since
if ARGV[3] ~= epoch or missing <= 0 or missing > tonumber(ARGV[5]) then
  return { epoch, top, mark, {} }
end
return { epoch, top, mark, redis.call('XRANGE', KEYS[2], string.format('%.0f-0', since + 1), '+') }
