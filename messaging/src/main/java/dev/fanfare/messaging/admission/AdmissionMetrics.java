package dev.fanfare.messaging.admission;

import dev.fanfare.contract.failure.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What became of publish requests before Redis was asked, and how many are in hand.
///
/// Relation: the outcomes other than `admitted` add up to the requests, in a batch the messages, that were
/// refused; each is counted once.
@Singleton
@Startup
public final class AdmissionMetrics {

    private static final int UNAUTHORIZED = 401;

    private final Counter admitted;
    private final Counter malformed;
    private final Counter tooLarge;
    private final Counter overloaded;
    private final Counter tooMany;
    private final Counter unauthorized;
    private final Counter forbidden;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong bytesInHand = new AtomicLong();

    public AdmissionMetrics(MeterRegistry registry) {
        admitted = outcome(registry, "admitted");
        malformed = outcome(registry, "malformed");
        tooLarge = outcome(registry, "too-large");
        overloaded = outcome(registry, "overloaded");
        tooMany = outcome(registry, "too-many");
        unauthorized = outcome(registry, "unauthorized");
        forbidden = outcome(registry, "forbidden");
        Gauge.builder("fanfare.publish.in.flight", inFlight, AtomicInteger::get)
                .description("publish requests that hold a place")
                .register(registry);
        Gauge.builder("fanfare.publish.bytes.in.hand", bytesInHand, AtomicLong::get)
                .description("bytes of publish requests that are held in memory")
                .baseUnit("bytes")
                .register(registry);
    }

    private static Counter outcome(MeterRegistry registry, String outcome) {
        return Counter.builder("fanfare.publish.admissions")
                .description("messages that were admitted, and requests or messages of a batch that were refused")
                .tag("outcome", outcome)
                .register(registry);
    }

    /// So many messages may be published.
    public void admitted(int messages) {
        admitted.increment(messages);
    }

    /// A request, or one message of a batch, was refused with `code`.
    public void refused(ErrorCode code) {
        Counter counter = switch (code) {
            case MESSAGE_TOO_LARGE, TOO_MANY_MESSAGES -> tooLarge;
            case OVERLOADED -> overloaded;
            case TOO_MANY_REQUESTS, RATE_EXCEEDED, TOO_MANY_FAILURES -> tooMany;
            case FORBIDDEN -> forbidden;
            case KEYS_UNAVAILABLE, REVOCATIONS_UNKNOWN -> unauthorized;
            default -> code.httpStatus() == UNAUTHORIZED ? unauthorized : malformed;
        };
        counter.increment();
    }

    /// So many bytes more, or fewer, are held.
    void held(long change) {
        bytesInHand.addAndGet(change);
    }

    void entered() {
        inFlight.incrementAndGet();
    }

    void left() {
        inFlight.decrementAndGet();
    }
}
