package dev.fanfare.telemetry.lifecycle;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Down when a loop hangs, which only a restart cures. Does not depend on Redis or on any source.
@Liveness
public final class IngestLiveness implements HealthCheck {

    private final IngestLoops loops;

    IngestLiveness(IngestLoops loops) {
        this.loops = loops;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.builder()
                .name("poll loops")
                .status(!loops.isStuck())
                .build();
    }
}
