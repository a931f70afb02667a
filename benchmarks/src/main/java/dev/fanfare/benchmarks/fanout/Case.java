package dev.fanfare.benchmarks.fanout;

import dev.fanfare.benchmarks.load.Shape;
import java.util.Locale;

/// One situation in which servers are compared.
///
/// | component | unit and range                                                                         |
/// |-----------|----------------------------------------------------------------------------------------|
/// | `shape`   | who listens to what                                                                    |
/// | `window`  | messages on the way at a time; 0 for an open loop at half of the highest rate that the same server
/// reached with the same connections in the same round |
record Case(Shape shape, int window) {

    static Case halfOfHighest(Shape shape) {
        return new Case(shape, 0);
    }

    boolean isHalfOfHighest() {
        return window == 0;
    }

    /// Its heading in the report.
    String title() {
        String connections = String.format(
                Locale.ROOT,
                "%,d connections, %s, ",
                shape.connections(),
                shape.channels() == 1 ? "1 channel" : String.format(Locale.ROOT, "%,d channels", shape.channels()));
        return connections + (isHalfOfHighest() ? "half of its highest rate" : window + " in flight");
    }
}
