-- Tells how a channel stands.
--
-- Atomic because the number of messages must be that of the epoch. Writes nothing.
--
-- KEYS[1] meta hash: e = epoch, o = newest offset        KEYS[2] stream
--
-- ARGV[1] pub/sub name of the channel   ARGV[2] NUMSUB, in a cluster SHARDNUMSUB
--
-- Replies { epoch or "", newest offset, number of entries, number of feed connections that listen }.

local meta = redis.call('HMGET', KEYS[1], 'e', 'o')
local listening = redis.call('PUBSUB', ARGV[2], ARGV[1])[2]
local top = tonumber(meta[2] or '0')
return { meta[1] or '', top, top > 0 and redis.call('XLEN', KEYS[2]) or 0, listening }
