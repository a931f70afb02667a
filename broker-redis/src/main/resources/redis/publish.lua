-- Stores messages in a channel, one right behind the other, and announces them, each once per message id.
-- Stores none of them when one has the id of another message.
--
-- Atomic because a subscriber that reads history and then listens must find every offset in exactly
-- one of the two, because a publisher that repeats an id must never store it twice, and because nothing
-- may come between messages that were published together.
--
-- KEYS[1] meta hash: e = epoch, o = newest offset, k = mark of the newest message, f = newest fence
-- KEYS[2] stream: id <offset>-0, fields m = stored message, k = its mark, p = mark of the one before it
-- KEYS[3] index of the channels of the partition
-- KEYS[4] result of the publish with the id of the first message: "<epoch> <offset> <ticket> <fingerprint>"
-- KEYS[5] … the same for each further message
--
-- ARGV[1] pub/sub name of the channel   ARGV[2] PUBLISH, in a cluster SPUBLISH
-- ARGV[3] history size, entries; 0 stores nothing      ARGV[4] history ttl, milliseconds
-- ARGV[5] meta ttl, milliseconds        ARGV[6] idempotency window, milliseconds
-- ARGV[7] fence, or 0 for none          ARGV[8] 1 when the caller goes on to WAIT for replicas, else 0
-- ARGV[9] ticket of the first message in this call: its mark, the epoch to use if there is none, and that
--         by which a publisher that repeats this very call, because it saw no reply, knows the first one
-- ARGV[10] fingerprint of the first message: repetitions have the same, other messages have others
-- ARGV[11] the first message as it is stored, JSON
-- ARGV[12], ARGV[13], ARGV[14] … the same for each further message
--
-- Replies { epoch, offset, duplicate } for each message, one behind the other, where duplicate is 1 when
-- another call stored the id before, or, when nothing was changed,
-- { "TAKEN", index … } with the messages, from 0, whose ids are those of others,
-- { "FENCED" } when a newer fence has published to the channel.

local results, fingerprints, taken = {}, {}, { 'TAKEN' }
for i = 4, #KEYS do
  local key, fingerprint = KEYS[i], ARGV[3 * i - 2]
  if not fingerprints[key] then
    results[key] = redis.call('GET', key)
    fingerprints[key] = results[key] and string.match(results[key], '%w+$') or fingerprint
  end
  if fingerprints[key] ~= fingerprint then
    taken[#taken + 1] = i - 4
  end
end
if #taken > 1 then
  return taken
end

local reply = {}
local epoch, offset, previous

-- Before the first message that is new.
local function begin()
  local meta = redis.call('HMGET', KEYS[1], 'e', 'f', 'o', 'k')
  if ARGV[7] ~= '0' then
    if tonumber(meta[2] or '0') > tonumber(ARGV[7]) then
      return false
    end
    redis.call('HSET', KEYS[1], 'f', ARGV[7])
  end
  epoch = meta[1]
  offset = tonumber(meta[3] or '0')
  previous = meta[4] or '0'
  if not epoch then
    epoch = ARGV[9]
    redis.call('HSET', KEYS[1], 'e', epoch)
    enter_into_index(KEYS[3], KEYS[1])
  end
  if offset == 0 then
    -- Left over from an older epoch, whose meta was lost: its ids would refuse ours.
    redis.call('UNLINK', KEYS[2])
  end
  return true
end

for i = 4, #KEYS do
  local key, ticket = KEYS[i], ARGV[3 * i - 3]
  local seen = results[key]
  if seen then
    local first_epoch, first_offset, first_ticket = string.match(seen, '^(%w+) (%d+) (%w+) ')
    if ARGV[8] == '1' then
      -- WAIT looks at what this connection wrote last. Without a write it would confirm nothing.
      redis.call('SET', key, seen, 'KEEPTTL')
    end
    reply[#reply + 1] = first_epoch
    reply[#reply + 1] = tonumber(first_offset)
    reply[#reply + 1] = first_ticket == ticket and 0 or 1
  else
    if not offset and not begin() then
      return { 'FENCED' }
    end
    local message = ARGV[3 * i - 1]
    offset = offset + 1
    local decimal = string.format('%.0f', offset)
    redis.call('HSET', KEYS[1], 'o', decimal, 'k', ticket)
    if ARGV[3] ~= '0' then
      redis.call('XADD', KEYS[2], 'MAXLEN', '=', ARGV[3], decimal .. '-0', 'm', message, 'k', ticket, 'p', previous)
    end
    results[key] = table.concat({ epoch, decimal, ticket, fingerprints[key] }, ' ')
    redis.call('SET', key, results[key], 'PX', ARGV[6])
    redis.call(ARGV[2], ARGV[1], table.concat({ '1', epoch, decimal, ticket, previous, message }, ':'))
    previous = ticket
    reply[#reply + 1] = epoch
    reply[#reply + 1] = offset
    reply[#reply + 1] = 0
  end
end

if offset then
  redis.call('PEXPIRE', KEYS[1], ARGV[5])
  if ARGV[3] ~= '0' then
    redis.call('PEXPIRE', KEYS[2], ARGV[4])
  end
end
return reply
