package dev.fanfare.redis.instance;

import dev.fanfare.contract.broker.InstanceLoad;
import java.time.Duration;

/// A load as Redis keeps it: `<connections> <lag, ms> <bytes per second> <age, ms>`.
final class LoadText {

    private static final int FIELDS = 4;

    private LoadText() {}

    static String of(InstanceLoad load) {
        return "%d %d %d %d"
                .formatted(
                        load.connections(),
                        load.lag().toMillis(),
                        load.bytesPerSecond(),
                        load.age().toMillis());
    }

    /// Reads it; later versions may say more behind what is known here. What cannot be read counts as nothing.
    static InstanceLoad read(String text) {
        String[] fields = text.split(" ", -1);
        if (fields.length < FIELDS) {
            return InstanceLoad.NONE;
        }
        try {
            return new InstanceLoad(
                    Integer.parseInt(fields[0]),
                    Duration.ofMillis(Long.parseLong(fields[1])),
                    Long.parseLong(fields[2]),
                    Duration.ofMillis(Long.parseLong(fields[3])));
        } catch (IllegalArgumentException _) {
            return InstanceLoad.NONE;
        }
    }
}
