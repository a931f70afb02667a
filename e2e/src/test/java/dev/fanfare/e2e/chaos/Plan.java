package dev.fanfare.e2e.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/// What goes wrong in one round: some lanes of faults, which run side by side. The same seed makes the
/// same plan.
record Plan(long seed, List<Lane> lanes) {

    /// Faults one after the other.
    record Lane(String name, List<Step> steps) {

        @Override
        public String toString() {
            return name + ": " + steps.stream().map(Step::toString).collect(Collectors.joining(", "));
        }
    }

    /// Wait for `pause`, begin the fault, undo it after `hold`.
    record Step(Duration pause, Fault fault, Duration hold, int choice) {

        @Override
        public String toString() {
            return "+%d ms %s[%d] for %d ms".formatted(pause.toMillis(), fault.name(), choice, hold.toMillis());
        }
    }

    /// How long a lane takes when every fault happens at once, about. Long enough for each lane to have
    /// several faults, short enough for many seeds.
    private static final Duration LENGTH = Duration.ofSeconds(8);

    private static final int LONGEST_PAUSE_MILLIS = 1500;
    private static final int SHORTEST_HOLD_MILLIS = 50;
    private static final int CHOICES = 1000;

    Plan {
        lanes = List.copyOf(lanes);
    }

    /// @param random decides; `faults` are the lanes' kinds of faults
    static Plan of(long seed, Random random, List<LaneFaults> faults) {
        return new Plan(
                seed,
                faults.stream()
                        .map(lane -> new Lane(lane.name(), steps(random, lane.faults())))
                        .toList());
    }

    /// The kinds of which a lane chooses.
    record LaneFaults(String name, List<Fault> faults) {}

    private static List<Step> steps(Random random, List<Fault> faults) {
        List<Step> steps = new ArrayList<>();
        for (long at = 0; at < LENGTH.toMillis(); ) {
            Fault fault = faults.get(random.nextInt(faults.size()));
            int pauseMillis = random.nextInt(LONGEST_PAUSE_MILLIS);
            int longestMillis = Math.toIntExact(fault.longest().toMillis());
            int holdMillis = random.nextInt(SHORTEST_HOLD_MILLIS, Math.max(longestMillis, SHORTEST_HOLD_MILLIS + 1));
            steps.add(new Step(
                    Duration.ofMillis(pauseMillis), fault, Duration.ofMillis(holdMillis), random.nextInt(CHOICES)));
            at += pauseMillis + holdMillis;
        }
        return steps;
    }

    @Override
    public String toString() {
        return lanes.stream().map(Lane::toString).collect(Collectors.joining("\n"));
    }
}
