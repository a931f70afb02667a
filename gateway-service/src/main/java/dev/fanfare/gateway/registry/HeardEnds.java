package dev.fanfare.gateway.registry;

import dev.fanfare.contract.broker.ConnectionEnd;
import java.util.List;
import java.util.TreeSet;

/// Which ends have been heard, so that each is obeyed once. Not thread-safe.
final class HeardEnds {

    /// 10 s, in µs: after a failover the clock behind the serials may be behind, and give new ends serials that were
    /// passed already. So the last ones are always read again.
    private static final long OVERLAP = 10_000_000;

    private final TreeSet<Long> serials = new TreeSet<>();
    private boolean hasBegun;

    /// After which serial to ask.
    long after() {
        return serials.isEmpty() ? 0 : Math.max(0, serials.last() - OVERLAP);
    }

    /// Those of `ends` that are news. What was asked before the first answer is of no concern to this instance, which
    /// had no connections then.
    List<ConnectionEnd> news(List<ConnectionEnd> ends) {
        List<ConnectionEnd> news =
                ends.stream().filter(end -> serials.add(end.serial())).toList();
        if (!serials.isEmpty()) {
            serials.headSet(after()).clear();
        }
        boolean isFirst = !hasBegun;
        hasBegun = true;
        return isFirst ? List.of() : news;
    }
}
