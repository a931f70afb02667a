package dev.fanfare.benchmarks.stalled;

import dev.fanfare.benchmarks.load.Outcome;

/// Two measurements, one after the other.
///
/// | component  | unit and meaning                                                     |
/// |------------|----------------------------------------------------------------------|
/// | `alone`    | the readers by themselves                                            |
/// | `beside`   | the same beside stalled clients                                      |
/// | `visits`   | how often a stalled client came meanwhile                            |
/// | `resident` | bytes of the gateway in RAM after both                               |
record Pair(Outcome alone, Outcome beside, int visits, long resident) {

    /// Whether every reader got everything once.
    boolean isClean() {
        return faults(alone) == 0 && faults(beside) == 0;
    }

    private static long faults(Outcome outcome) {
        return outcome.lost() + outcome.repeated();
    }
}
