-- Reads what is stored between two offsets of an epoch.
--
-- Atomic because the epoch must be that of the entries. Writes nothing.
--
-- KEYS[1] meta hash: e = epoch           KEYS[2] stream: id <offset>-0
--
-- ARGV[1] epoch       ARGV[2] first offset       ARGV[3] last offset
--
-- Replies with entries as XRANGE does, oldest first; there are none when the epoch is another.

if redis.call('HGET', KEYS[1], 'e') ~= ARGV[1] then
  return {}
end
return redis.call('XRANGE', KEYS[2], ARGV[2] .. '-0', ARGV[3] .. '-0')
