/// Puts the parts together: configuration to beans of the contract's interfaces.
///
/// Read [BrokerBeans] first. Uses every other package but `feed`; nothing uses it.
@NullMarked
package dev.fanfare.redis.wiring;

import org.jspecify.annotations.NullMarked;
