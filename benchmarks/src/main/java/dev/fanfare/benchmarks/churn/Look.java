package dev.fanfare.benchmarks.churn;

import dev.fanfare.benchmarks.harness.LiveHeap;
import dev.fanfare.benchmarks.load.Visits;
import java.time.Duration;
import java.util.Optional;

/// How things stand at some moment.
///
/// | component  | unit and meaning                                                            |
/// |------------|-----------------------------------------------------------------------------|
/// | `at`       | time since clients began to come                                            |
/// | `visits`   | what has become of them                                                     |
/// | `resident` | bytes of the gateway in RAM                                                 |
/// | `interest` | pub/sub names of visited channels that somebody is subscribed to at Redis   |
/// | `heap`     | what somebody still holds in its heap; empty while clients come, and natively |
record Look(Duration at, Visits.State visits, long resident, int interest, Optional<LiveHeap> heap) {}
