/// The polling of one source: when, with what result, and what happens to the sample.
///
/// Read [Poller], then [Intake] for what a failing source leads to. Uses `source` and `publish`.
@NullMarked
package dev.fanfare.telemetry.poll;

import org.jspecify.annotations.NullMarked;
