package dev.fanfare.publisher.http;

import dev.fanfare.messaging.admission.AdmissionGate;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.LongPredicate;

/// Reads request bodies, bounded in bytes and in time. Blocks: call it on a virtual thread.
@Singleton
@Startup
final class BodyReader {

    private final int maxBytes;
    private final Duration timeout;

    @Inject
    BodyReader(AdmissionGate gate, HttpConfig config) {
        this(gate.maxBodyBytes(), config.bodyTimeout());
    }

    BodyReader(int maxBytes, Duration timeout) {
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("fanfare.publisher.http.body-timeout is at least 1s but is " + timeout);
        }
        this.maxBytes = maxBytes;
        this.timeout = timeout;
    }

    /// Reads the body of `exchange` to its end.
    ///
    /// @param room whether so many bytes in all may be held; asked before they are
    BodyReading read(HttpExchange exchange, LongPredicate room) {
        var body = new IncomingBody(maxBytes, exchange.declaredBytes(), room);
        if (!body.reading().isDone()) {
            exchange.receive(body, timeout);
        }
        return body.reading().join();
    }
}
