-- Reads revocations in the order in which they were made. Writes nothing.
--
-- KEYS[1] sorted set: score = serial, member = "<serial> <kind> <made at> <effective at> <until> <value>"
--
-- ARGV[1] serial to begin after, 0 for the oldest      ARGV[2] most revocations to tell
--
-- Replies the members.

return redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[1], '+inf', 'LIMIT', 0, ARGV[2])
