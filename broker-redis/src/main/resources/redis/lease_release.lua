-- Gives a lease up, if the caller has it. Keeps the last fence.
--
-- Atomic because between looking and giving up the lease may have gone to somebody else.
--
-- KEYS[1] lease hash: o = owner
-- ARGV[1] owner
--
-- Replies 1 when the lease was given up, 0 when the caller did not have it.

if redis.call('HGET', KEYS[1], 'o') ~= ARGV[1] then
  return 0
end
redis.call('HDEL', KEYS[1], 'o', 'u')
return 1
