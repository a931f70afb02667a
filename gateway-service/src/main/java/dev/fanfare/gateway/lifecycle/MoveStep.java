package dev.fanfare.gateway.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What is to be done now with those who have to move.
///
/// @param asked the connections that are asked to move, each with the time after which its turn is
/// @param closed the connections that had their turn and did not use it
record MoveStep(Map<String, Duration> asked, List<String> closed) {

    static final MoveStep NOTHING = new MoveStep(Map.of(), List.of());
}
