package dev.fanfare.benchmarks.churn;

import dev.fanfare.benchmarks.load.Visits;
import java.time.Duration;

/// How things stand at some moment.
///
/// | component  | unit and meaning                                                            |
/// |------------|-----------------------------------------------------------------------------|
/// | `at`       | time since clients began to come                                            |
/// | `visits`   | what has become of them                                                     |
/// | `resident` | bytes of the gateway in RAM                                                 |
/// | `interest` | pub/sub names of visited channels that somebody is subscribed to at Redis   |
record Look(Duration at, Visits.State visits, long resident, int interest) {}
