package dev.fanfare.benchmarks.peers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How to start a server.
///
/// | component     | meaning                                                                     |
/// |---------------|-----------------------------------------------------------------------------|
/// | `command`     | program and arguments                                                       |
/// | `environment` | variables to set                                                            |
/// | `readyPath`   | answers 200 when it is ready, or null where listening is enough             |
record Launch(
        List<String> command,
        Map<String, String> environment,
        @Nullable String readyPath) {}
