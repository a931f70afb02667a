package dev.fanfare.contract.broker;

import java.time.Duration;

/// How much an instance has to do, as it says itself.
///
/// | component        | unit and range                                             |
/// |------------------|------------------------------------------------------------|
/// | `connections`    | open ones, from 0                                          |
/// | `lag`            | how late its event loops are, from 0, in whole milliseconds |
/// | `bytesPerSecond` | that it sends to its clients, from 0                       |
/// | `age`            | since its start, from 0, in whole milliseconds             |
public record InstanceLoad(int connections, Duration lag, long bytesPerSecond, Duration age) {

    /// Of an instance that has just begun, or has said nothing about it.
    public static final InstanceLoad NONE = new InstanceLoad(0, Duration.ZERO, 0, Duration.ZERO);

    public InstanceLoad {
        if (connections < 0 || lag.isNegative() || bytesPerSecond < 0 || age.isNegative()) {
            throw new IllegalArgumentException("a load is not negative");
        }
    }
}
