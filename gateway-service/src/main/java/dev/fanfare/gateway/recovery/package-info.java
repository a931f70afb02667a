/// Where each channel stands, and how a subscription joins it without a gap.
///
/// Read [Channels], then [ChannelTimeline]. Uses `hub` and `contract`.
@NullMarked
package dev.fanfare.gateway.recovery;

import org.jspecify.annotations.NullMarked;
