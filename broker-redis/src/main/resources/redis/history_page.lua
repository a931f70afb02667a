-- Reads one page of what is stored of a channel.
--
-- Atomic because the entries must belong to the epoch, the newest offset and the oldest one that are told
-- with them. Writes nothing.
--
-- KEYS[1] meta hash: e = epoch, o = newest offset, k = mark of the newest message
-- KEYS[2] stream: id <offset>-0, fields m, k, p as publish.lua writes them
--
-- ARGV[1] 1 for the oldest first, else 0  ARGV[2] first offset wanted     ARGV[3] last offset wanted, or ""
-- ARGV[4] most entries                    ARGV[5] most bytes of stored messages; the first may have more
--
-- Replies {} when the channel has no epoch, else { epoch, newest offset, its mark, oldest offset, entries }.
-- The oldest offset is one more than the newest when nothing is kept. Entries are those of XRANGE or XREVRANGE.

local meta = redis.call('HMGET', KEYS[1], 'e', 'o', 'k')
if not meta[1] then
  return {}
end
local top = tonumber(meta[2] or '0')

local function offset_of(found)
  return found[1] and tonumber(string.match(found[1][1], '^%d+'))
end

local oldest = top + 1
-- A stream that does not end at the newest offset is left from another epoch or another rule.
if top > 0 and offset_of(redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)) == top then
  oldest = offset_of(redis.call('XRANGE', KEYS[2], '-', '+', 'COUNT', 1))
end

local first = math.max(tonumber(ARGV[2]), oldest)
local last = ARGV[3] == '' and top or math.min(tonumber(ARGV[3]), top)
local limit = tonumber(ARGV[4])
local bytes = tonumber(ARGV[5])
local entries = {}

local function id(offset)
  return string.format('%.0f-0', offset)
end

-- In small steps, because nobody knows how large the messages are before they are read.
while first <= last and #entries < limit do
  local step = math.min(32, limit - #entries)
  local found
  if ARGV[1] == '1' then
    found = redis.call('XRANGE', KEYS[2], id(first), id(last), 'COUNT', step)
  else
    found = redis.call('XREVRANGE', KEYS[2], id(last), id(first), 'COUNT', step)
  end
  if #found == 0 then
    break
  end
  for _, entry in ipairs(found) do
    bytes = bytes - #entry[2][2]
    if bytes < 0 and #entries > 0 then
      return { meta[1], top, meta[3] or '0', oldest, entries }
    end
    entries[#entries + 1] = entry
  end
  local reached = tonumber(string.match(found[#found][1], '^%d+'))
  if ARGV[1] == '1' then
    first = reached + 1
  else
    last = reached - 1
  end
end
return { meta[1], top, meta[3] or '0', oldest, entries }
