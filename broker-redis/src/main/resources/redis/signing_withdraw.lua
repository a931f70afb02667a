-- Takes a public key down.
--
-- KEYS[1] hash as in signing_announce.lua          ARGV[1] id
--
-- Replies 1 when it was up, else 0.

return redis.call('HDEL', KEYS[1], ARGV[1])
