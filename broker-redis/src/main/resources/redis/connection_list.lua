-- Lists connections of one gateway instance. Writes nothing.
--
-- KEYS[1] sorted set: all with score 0, so in the order of the alphabet;
--         member = "<subject>\t<id>\t<since>\t<protocol>\t<address>\t<subscriptions>\t<channels>"
--
-- ARGV[1] where to begin, and ARGV[2] where to end, as ZRANGEBYLEX takes them
-- ARGV[3] a channel that must be among those of the connection, or ""
-- ARGV[4] most connections to tell        ARGV[5] most connections to look at
--
-- Replies { 1 when there may be more, else 0, the last member looked at or "", members }.

local members = redis.call('ZRANGEBYLEX', KEYS[1], ARGV[1], ARGV[2], 'LIMIT', 0, ARGV[5])
local wanted = ' ' .. ARGV[3] .. ' '
local found = {}
for i, member in ipairs(members) do
  local channels = ' ' .. string.match(member, '[^\t]*$') .. ' '
  if ARGV[3] == '' or string.find(channels, wanted, 1, true) then
    found[#found + 1] = member
    if #found == tonumber(ARGV[4]) then
      return { (i < #members or #members == tonumber(ARGV[5])) and 1 or 0, member, found }
    end
  end
end
return { #members == tonumber(ARGV[5]) and 1 or 0, members[#members] or '', found }
