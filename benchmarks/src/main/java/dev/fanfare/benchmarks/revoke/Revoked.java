package dev.fanfare.benchmarks.revoke;

import java.util.List;

/// What became of one subject.
///
/// | component  | unit and meaning                                                                        |
/// |------------|-----------------------------------------------------------------------------------------|
/// | `answer`   | milliseconds until `POST /v1/revocations` answered                                      |
/// | `closes`   | milliseconds from that answer to each close, as its client saw it; negative when before |
/// | `refused`  | attempts to come back with the old token that were refused with 401                      |
/// | `attempts` | to come back, one at each gateway                                                       |
record Revoked(double answer, List<Double> closes, int refused, int attempts) {

    /// How long it may take, in milliseconds.
    static final double TARGET = 1_000;

    Revoked {
        closes = List.copyOf(closes);
    }

    /// The close that came after this share of them, 0 to 1, at the latest.
    double close(double share) {
        double[] sorted =
                closes.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.clamp(index, 0, sorted.length - 1)];
    }

    double last() {
        return close(1);
    }

    /// Whether all was as promised.
    boolean isGood() {
        return last() <= TARGET && refused == attempts;
    }
}
