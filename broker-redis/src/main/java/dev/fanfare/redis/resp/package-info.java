/// One connection to Redis in RESP 3, with nothing hidden: replies in the order of the commands, pushes
/// as they come, and the exact acknowledgement of every (un)subscribe.
///
/// Read [RespConnection] first. Exists for the feed alone (ADR 0003); everything else uses the Quarkus
/// Redis client. Uses Vert.x and no other package of ours.
@NullMarked
package dev.fanfare.redis.resp;

import org.jspecify.annotations.NullMarked;
