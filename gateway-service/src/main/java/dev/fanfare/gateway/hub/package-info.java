/// Fan-out: from one publication to every connection that wants it.
///
/// Read [LoopChannel] first: it is the hot path. Everything of one event loop is confined to that loop;
/// only [Fanout] is called from the feed's threads. Uses `contract` and Netty.
@NullMarked
package dev.fanfare.gateway.hub;

import org.jspecify.annotations.NullMarked;
