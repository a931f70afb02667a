package dev.fanfare.launch;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;

/// A first start, of which the JVM notes what it had to load, so that later ones find it prepared.
///
/// Waits until the service answers, which it does without Redis too, asks for what every container is asked for, and
/// ends
/// the service.
///
/// @param patience until the first answer
/// @param end gets the exit code: 0, or 1 when the service did not answer
record Rehearsal(LocalInstance service, Duration patience, IntConsumer end) implements Runnable {

    /// A builder that does other things besides was seen to take 20 s.
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration POLL_EVERY = Duration.ofMillis(50);
    private static final List<String> PATHS = List.of(LocalInstance.READINESS, "/q/health/live", "/q/metrics");

    @Override
    public void run() {
        end.accept(isAnswered() && isAsked() ? 0 : 1);
    }

    private boolean isAnswered() {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < patience.toNanos()) {
            if (isAnswered(LocalInstance.READINESS)) {
                return true;
            }
            try {
                Thread.sleep(POLL_EVERY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    private boolean isAsked() {
        return PATHS.stream().allMatch(this::isAnswered);
    }

    private boolean isAnswered(String path) {
        try {
            return !service.get(path).isEmpty();
        } catch (IOException notYet) {
            return false;
        }
    }
}
