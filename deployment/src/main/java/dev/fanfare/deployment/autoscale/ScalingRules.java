package dev.fanfare.deployment.autoscale;

import java.time.Duration;
import java.util.List;

/// How fast an autoscaler may go in one direction.
///
/// @param stabilization how far back it looks for a recommendation that asks for less of a change
/// @param select which of the policies counts
public record ScalingRules(Duration stabilization, Select select, List<Policy> policies) {

    public ScalingRules {
        policies = List.copyOf(policies);
    }

    /// Which policy counts where several do.
    public enum Select {
        /// The one that allows the largest change.
        MAX,
        /// The one that allows the smallest change.
        MIN,
        /// None: no change in this direction.
        DISABLED
    }

    /// Of what a policy allows some.
    public enum Unit {
        PODS,
        PERCENT
    }

    /// Most that may change within any time of `period`.
    public record Policy(Unit unit, int value, Duration period) {}
}
