package dev.fanfare.messaging.read;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;

/// How long reads take and how they end.
@Singleton
@Startup
public final class ReadMetrics {

    private final MeterRegistry registry;
    private final Timer answered;
    private final Timer refused;
    private final Timer overloaded;
    private final Timer failed;

    public ReadMetrics(MeterRegistry registry) {
        this.registry = registry;
        answered = outcome("answered");
        refused = outcome("refused");
        overloaded = outcome("overloaded");
        failed = outcome("failed");
    }

    private Timer outcome(String outcome) {
        return Timer.builder("fanfare.read.duration")
                .description("from a read request until its answer is made")
                .tag("outcome", outcome)
                .register(registry);
    }

    /// A read request has come.
    public Attempt started() {
        return new Attempt(Timer.start(registry));
    }

    /// One read that is not answered yet.
    public final class Attempt {
        private final Timer.Sample sample;

        private Attempt(Timer.Sample sample) {
            this.sample = sample;
        }

        /// It was answered, or refused because of what it asks for.
        public void ended(boolean wasAnswered) {
            sample.stop(wasAnswered ? answered : refused);
        }

        /// There was no place for it.
        public void overloaded() {
            sample.stop(overloaded);
        }

        /// Redis did not answer, or we have a bug.
        public void failed() {
            sample.stop(failed);
        }
    }
}
