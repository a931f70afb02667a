-- Lists active channels of one partition: those of which entries are stored, and those to which a feed
-- connection listens.
--
-- Atomic because a name is dropped from the index when its meta is gone, and must not be when it has come back.
-- The keys of the channels that it finds lie in the slot of the index.
--
-- KEYS[1] index: sorted set of channel names, all with score 0, so in the order of the alphabet
--
-- ARGV[1] where to begin: "[name" with it or "(name" after it      ARGV[2] what the names begin with
-- ARGV[3] most channels to tell         ARGV[4] most names to look at
-- ARGV[5] NUMSUB, in a cluster SHARDNUMSUB
--
-- Replies { the last name looked at, or "" when there are no more, channels }, where channels are
-- name, epoch, newest offset, number of entries, number of feed connections that listen, and so on.

-- No name has a character above "~".
local names = redis.call('ZRANGEBYLEX', KEYS[1], ARGV[1], '(' .. ARGV[2] .. '\127', 'LIMIT', 0, ARGV[4])
-- f:{tag}:c → f:{tag}:
local base = string.sub(KEYS[1], 1, -2)
local channels = {}
for i, name in ipairs(names) do
  local meta = redis.call('HMGET', base .. 'm:' .. name, 'e', 'o')
  if meta[1] then
    local top = tonumber(meta[2] or '0')
    local entries = top > 0 and redis.call('XLEN', base .. 's:' .. name) or 0
    local listening = redis.call('PUBSUB', ARGV[5], base .. name)[2]
    if entries > 0 or listening > 0 then
      for _, part in ipairs({ name, meta[1], top, entries, listening }) do
        channels[#channels + 1] = part
      end
      if #channels == 5 * tonumber(ARGV[3]) then
        return { i == #names and i < tonumber(ARGV[4]) and '' or name, channels }
      end
    end
  else
    redis.call('ZREM', KEYS[1], name)
  end
end
return { #names < tonumber(ARGV[4]) and '' or names[#names], channels }
