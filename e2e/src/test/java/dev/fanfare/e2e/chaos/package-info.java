/// Everything that can fail does, in an order that a seed decides, while numbered messages flow.
///
/// Read [Round] first: writers publish, followers subscribe and come back, [Fault]s begin and end, and in the
/// end the [Checker] compares what each follower saw with what was published. An [Arena] is the running
/// installation on one [Topology]. Uses `installation`.
@NullMarked
package dev.fanfare.e2e.chaos;

import org.jspecify.annotations.NullMarked;
