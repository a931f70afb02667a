package dev.fanfare.deployment.simulate;

import java.util.Locale;

/// What became of a scenario.
record Played(Scenario scenario, Timeline timeline, Waits waits) {

    private static final double SECONDS_PER_HOUR = 3600;

    double podHours() {
        return timeline.sum(Timeline.Second::ready) / SECONDS_PER_HOUR;
    }

    double idealPodHours() {
        return timeline.sum(Timeline.Second::ideal) / SECONDS_PER_HOUR;
    }

    /// How often the autoscaler took away again what it had added, or the other way round.
    int turns() {
        int turns = 0;
        int direction = 0;
        var seconds = timeline.seconds();
        for (int i = 1; i < seconds.size(); i++) {
            int change =
                    Integer.signum(seconds.get(i).asked() - seconds.get(i - 1).asked());
            if (change != 0) {
                turns += direction != 0 && change != direction ? 1 : 0;
                direction = change;
            }
        }
        return turns;
    }

    /// The figures, a line each.
    String figures() {
        return String.format(
                Locale.ROOT,
                """
                gateways                  %,.0f at most, %.1f pod hours (%.1f with the wanted mean at every moment)
                connections of one        %,.0f at most
                clients wait              %d s (half), %d s (99 %%), %d s (all)
                handshakes refused        %,.0f, of which %,.0f in the worst second
                clients moved by us       %,.0f
                processor of one          %.2f cores at most, %.1f s late at most
                changes of direction      %d
                """,
                timeline.max(Timeline.Second::ready),
                podHours(),
                idealPodHours(),
                timeline.max(Timeline.Second::fullest),
                waits.of(0.5),
                waits.of(0.99),
                waits.of(1),
                timeline.sum(Timeline.Second::refused),
                timeline.max(Timeline.Second::refused),
                timeline.sum(Timeline.Second::moved),
                timeline.max(Timeline.Second::cpu),
                timeline.max(Timeline.Second::lag),
                turns());
    }
}
