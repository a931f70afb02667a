package dev.fanfare.deployment.simulate;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// What clients do, and what happens to them. Times are seconds since the beginning.
public enum Scenario {
    RAMP("ramp", "10,000 clients become 150,000 within half an hour, stay, and leave", 90) {
        @Override
        double clients(double t) {
            return between(t, 300, 2100, 10_000, 150_000) - between(t, 3000, 4800, 0, 140_000);
        }
    },
    SPIKE("spike", "ten times as many clients within a minute, for a quarter of an hour", 60) {
        @Override
        double clients(double t) {
            return between(t, 300, 360, 12_000, 120_000) - between(t, 1260, 1560, 0, 108_000);
        }
    },
    RECONNECT("reconnect", "every connection of 100,000 clients breaks at once, as when the ingress restarts", 20) {
        @Override
        double clients(double t) {
            return 100_000;
        }

        @Override
        boolean breaksAll(int t) {
            return t == 300;
        }
    },
    NIGHT("night", "100,000 clients by day, 5,000 by night, over a day", 24 * 60) {
        @Override
        double clients(double t) {
            return 52_500
                    + 47_500 * Math.cos(2 * Math.PI * t / Duration.ofHours(24).toSeconds());
        }
    },
    CHATTER("chatter", "30,000 clients stay, and what they get becomes 40 times as much for twenty minutes", 60) {
        @Override
        double clients(double t) {
            return 30_000;
        }

        @Override
        double messagesPerClient(double t) {
            return between(t, 300, 420, 1, 40) - between(t, 1620, 1680, 0, 39);
        }
    },
    ZONE("zone", "a third of the gateways of 90,000 clients die at once, and their replacements start", 30) {
        @Override
        double clients(double t) {
            return 90_000;
        }

        @Override
        double dying(int t) {
            return t == 300 ? 1 / 3.0 : 0;
        }
    },
    BLIND("blind", "the custom metrics are away for half an hour, in which 20,000 clients become 80,000", 75) {
        @Override
        double clients(double t) {
            return between(t, 600, 1800, 20_000, 80_000) - between(t, 3000, 3300, 0, 60_000);
        }

        @Override
        boolean isBlind(int t) {
            return t >= 300 && t < 2100;
        }
    };

    private final String id;
    private final String story;
    private final int minutes;

    Scenario(String id, String story, int minutes) {
        this.id = id;
        this.story = story;
        this.minutes = minutes;
    }

    public String id() {
        return id;
    }

    /// What happens, in a clause.
    public String story() {
        return story;
    }

    int seconds() {
        return minutes * 60;
    }

    /// How many want to be connected.
    abstract double clients(double t);

    /// Messages that each of them gets per second.
    double messagesPerClient(double t) {
        return 1;
    }

    /// Whether every connection breaks at that second.
    boolean breaksAll(int t) {
        return false;
    }

    /// What part of the gateways dies at that second.
    double dying(int t) {
        return 0;
    }

    /// Whether the metrics of our own cannot be had.
    boolean isBlind(int t) {
        return false;
    }

    public static Optional<Scenario> of(String id) {
        return Stream.of(values()).filter(scenario -> scenario.id.equals(id)).findFirst();
    }

    /// From one value to another between two times, straight.
    private static double between(double t, double from, double to, double before, double after) {
        double part = Math.clamp((t - from) / (to - from), 0, 1);
        return before + part * (after - before);
    }
}
