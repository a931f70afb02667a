-- Part of scripts that may give a channel its epoch.
--
-- The index has every channel that has an epoch. Some of those that have none any more are dropped with each new
-- one, so that it does not grow for ever.

-- index: key of the index, f:{tag}:c      meta: key of the channel's meta hash, f:{tag}:m:<channel>
local function enter_into_index(index, meta)
  local base = string.sub(index, 1, -2) .. 'm:'
  for _, name in ipairs(redis.call('ZRANDMEMBER', index, 2)) do
    if redis.call('EXISTS', base .. name) == 0 then
      redis.call('ZREM', index, name)
    end
  end
  redis.call('ZADD', index, 0, string.sub(meta, #base + 1))
end

