/// What is told in Redis of this instance's connections, and heard of those that are to be closed.
///
/// Read [Registrar] first. Uses `contract.broker` alone.
@NullMarked
package dev.fanfare.gateway.registry;

import org.jspecify.annotations.NullMarked;
