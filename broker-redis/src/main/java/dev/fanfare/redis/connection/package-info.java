/// Ordinary commands to Redis: in order, pipelined, bounded, each with a deadline, on whatever node
/// serves their slot, over connections that are opened again when they are lost.
///
/// Read [RedisCommands] first. The feed has connections of its own. Uses the Vert.x Redis client and
/// `contract.failure`.
@NullMarked
package dev.fanfare.redis.connection;

import org.jspecify.annotations.NullMarked;
