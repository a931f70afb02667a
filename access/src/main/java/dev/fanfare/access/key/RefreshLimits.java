package dev.fanfare.access.key;

import java.time.Duration;

/// When a key set is read again.
///
/// | component            | unit and range                                                              |
/// |----------------------|-----------------------------------------------------------------------------|
/// | `interval`           | between two reads without cause, from 1 s; each is up to a fifth longer or shorter |
/// | `unknownKeyInterval` | least time between two reads that unknown keys cause, from 100 ms            |
/// | `timeout`            | for one read, from 100 ms                                                    |
public record RefreshLimits(Duration interval, Duration unknownKeyInterval, Duration timeout) {}
