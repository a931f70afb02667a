package dev.fanfare.benchmarks.stalled;

import dev.fanfare.benchmarks.load.Outcome;

/// Two measurements, one after the other.
///
/// | component  | unit and meaning                                                     |
/// |------------|----------------------------------------------------------------------|
/// | `alone`    | the readers by themselves                                            |
/// | `beside`   | the same beside stalled clients                                      |
/// | `waiting`  | bytes that waited for the stalled clients at the end                 |
/// | `closed`   | stalled clients that the gateway had closed by then                  |
/// | `resident` | bytes of the gateway in RAM after both                               |
record Pair(Outcome alone, Outcome beside, long waiting, long closed, long resident) {

    /// Whether every reader got everything once.
    boolean isClean() {
        return faults(alone) == 0 && faults(beside) == 0;
    }

    private static long faults(Outcome outcome) {
        return outcome.lost() + outcome.repeated();
    }
}
