/// The loop of one source: what is polled or followed, with what result, and what happens to the sample.
///
/// Read [Poller], then [Intake] for what a failing source leads to; [Follower] for streams of events. Uses `source` and
/// `publish`.
@NullMarked
package dev.fanfare.telemetry.poll;

import org.jspecify.annotations.NullMarked;
