package dev.fanfare.deployment.simulate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Clients that are not connected, by the second at which each tries next.
final class Arrivals {

    /// Clients who do the same.
    ///
    /// @param since the second from which on they want to be connected
    /// @param isResume whether they come back, and say so
    record Group(int since, boolean isResume) {}

    private final Map<Integer, Map<Group, Integer>> bySecond = new HashMap<>();
    private final RandomGenerator random;
    private int waiting;

    Arrivals(RandomGenerator random) {
        this.random = random;
    }

    /// Each of `count` tries at a time of its own, `from` to `from + spread` seconds inclusive.
    void add(Group group, int count, int from, int spread) {
        for (int i = 0; i < count; i++) {
            bySecond.computeIfAbsent(from + random.nextInt(spread + 1), _ -> new HashMap<>())
                    .merge(group, 1, Integer::sum);
        }
        waiting += count;
    }

    /// Those who try now, in an order that chance decides. They no longer wait.
    List<Group> due(int second) {
        List<Group> due = new ArrayList<>();
        Map<Group, Integer> groups = bySecond.remove(second);
        if (groups != null) {
            groups.forEach((group, count) -> {
                for (int i = 0; i < count; i++) {
                    due.add(group);
                }
            });
        }
        waiting -= due.size();
        shuffle(due);
        return due;
    }

    private void shuffle(List<Group> groups) {
        for (int i = groups.size() - 1; i > 0; i--) {
            Collections.swap(groups, i, random.nextInt(i + 1));
        }
    }

    /// Takes clients away that have lost their patience.
    void giveUp(int count) {
        int left = Math.min(count, waiting);
        for (Map<Group, Integer> groups : bySecond.values()) {
            for (Map.Entry<Group, Integer> entry : groups.entrySet()) {
                int gone = Math.min(left, entry.getValue());
                entry.setValue(entry.getValue() - gone);
                left -= gone;
                waiting -= gone;
            }
        }
    }

    int waiting() {
        return waiting;
    }
}
