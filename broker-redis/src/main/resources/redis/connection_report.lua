-- Notes what has become of connections of one gateway instance, and keeps all it has told for another lease.
--
-- Atomic because a report that follows a lost one must not be taken: the instance would never know that something
-- is missing. Running twice changes nothing more.
--
-- KEYS[1] sorted set: all with score 0, so in the order of the alphabet;
--         member = "<subject>\t<id>\t<since>\t<protocol>\t<address>\t<subscriptions>\t<channels>"
-- KEYS[2] string: number of the last report
--
-- ARGV[1] number of this report, 1 to begin anew      ARGV[2] lease, milliseconds
-- ARGV[3] changes, one a line: a member, or only "<subject>\t<id>\t" for one that is gone
--
-- Replies 1, or 0 when an earlier report is missing.

local number = tonumber(ARGV[1])
local last = tonumber(redis.call('GET', KEYS[2]) or '0')
if number == 1 then
  redis.call('UNLINK', KEYS[1])
elseif last ~= number and last ~= number - 1 then
  return 0
end
for line in string.gmatch(ARGV[3], '[^\n]+') do
  local _, key = string.find(line, '^[^\t]*\t[^\t]+\t')
  -- No text in UTF-8 has the byte 255.
  redis.call('ZREMRANGEBYLEX', KEYS[1], '[' .. string.sub(line, 1, key), '(' .. string.sub(line, 1, key) .. '\255')
  if key < #line then
    redis.call('ZADD', KEYS[1], 0, line)
  end
end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
