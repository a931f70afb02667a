package dev.fanfare.gateway.command;

import dev.fanfare.messaging.admission.AdmissionGate;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Sees to it that the largest message that may be published fits into a frame: a frame over its limit closes the
/// connection, and no refusal could say why.
@Singleton
@Startup
final class FrameLimit {

    private static final String FRAME = "quarkus.websockets-next.server.max-frame-size";
    private static final String MESSAGE = "quarkus.websockets-next.server.max-message-size";

    @Inject
    FrameLimit(
            @ConfigProperty(name = FRAME) int maxFrameBytes,
            @ConfigProperty(name = MESSAGE) int maxMessageBytes,
            AdmissionGate gate) {
        this(maxFrameBytes, maxMessageBytes, gate.maxRequestBytes());
    }

    FrameLimit(int maxFrameBytes, int maxMessageBytes, int largestRequestBytes) {
        check(FRAME, maxFrameBytes, largestRequestBytes);
        check(MESSAGE, maxMessageBytes, largestRequestBytes);
    }

    private static void check(String property, int bytes, int least) {
        if (bytes < least) {
            throw new IllegalArgumentException(property + " is at least " + least
                    + ", fanfare.admission.max-message-bytes and 4K, but is " + bytes);
        }
    }
}
