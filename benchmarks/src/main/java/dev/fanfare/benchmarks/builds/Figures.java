package dev.fanfare.benchmarks.builds;

import dev.fanfare.benchmarks.harness.Spread;

/// What one build has measured.
///
/// | component     | unit and meaning                                                            |
/// |---------------|-----------------------------------------------------------------------------|
/// | `bytes`       | of the executable, or of the jars without the JVM                           |
/// | `readyMillis` | from exec to the first answer that it is ready, connected to Redis          |
/// | `idleBytes`   | resident a few seconds later                                                |
/// | `workBytes`   | resident at the end of its work                                             |
/// | `work`        | what that was                                                               |
record Figures(long bytes, Spread readyMillis, long idleBytes, long workBytes, Work work) {}
