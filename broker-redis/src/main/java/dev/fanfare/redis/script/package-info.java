/// The Lua scripts, which are the only way in which Redis is written to and read.
///
/// Read [LuaScript] first; the files in `redis/` say what each takes and replies. Uses `connection`.
@NullMarked
package dev.fanfare.redis.script;

import org.jspecify.annotations.NullMarked;
