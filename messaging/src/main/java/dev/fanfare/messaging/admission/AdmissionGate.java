package dev.fanfare.messaging.admission;

import dev.fanfare.contract.broker.SequencePublisher;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.messaging.publish.Draft;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Decides on every publish request, in three steps: a place before the body is read, so that a full
/// instance sheds load while that still costs nothing, room for its bytes before each is held, and the drafts
/// once they are known.
///
/// Safe for use by many threads; never waits.
@Singleton
@Startup
public final class AdmissionGate {

    /// What a request may have on top of the data: the names of the fields, white space, and three
    /// fields of 128 characters, each an escape of six bytes.
    static final int ENVELOPE_BYTES = 4096;

    private static final int LARGEST_BODY_BYTES = 16 << 20;
    private static final int SMALLEST_BATCH_BYTES = 1 << 10;

    private final int maxMessageBytes;
    private final int maxBatchMessages;
    private final int maxBatchBytes;
    private final int maxInFlightPerCaller;
    private final Semaphore places;
    private final Semaphore readPlaces;
    private final CallersInFlight callers;
    private final ByteBudget bytesInHand;
    private final AdmissionMetrics metrics;

    AdmissionGate(AdmissionConfig config, AdmissionMetrics metrics) {
        this.maxMessageBytes = checkedBytes(
                "max-message-bytes", 1, "1", config.maxMessageBytes().asLongValue());
        this.maxBatchBytes = checkedBytes(
                "max-batch-bytes",
                SMALLEST_BATCH_BYTES,
                "1K",
                config.maxBatchBytes().asLongValue());
        int messages = config.maxBatchMessages();
        check(
                messages >= 1 && messages <= SequencePublisher.MAX_MESSAGES,
                "max-batch-messages is 1 to " + SequencePublisher.MAX_MESSAGES + " but is " + messages);
        this.maxBatchMessages = messages;
        this.places = new Semaphore(checkedCount("max-in-flight", config.maxInFlight()));
        this.readPlaces = new Semaphore(checkedCount("max-reads-in-flight", config.maxReadsInFlight()));
        this.maxInFlightPerCaller = checkedCount("max-in-flight-per-caller", config.maxInFlightPerCaller());
        this.callers = new CallersInFlight(maxInFlightPerCaller);
        long bytes = config.maxBytesInHand().asLongValue();
        check(
                bytes >= maxBodyBytes(),
                "max-bytes-in-hand is at least the longest body, " + maxBodyBytes() + ", but is " + bytes);
        this.bytesInHand = new ByteBudget(bytes);
        this.metrics = metrics;
    }

    private static int checkedBytes(String property, int min, String minText, long bytes) {
        check(bytes >= min && bytes <= LARGEST_BODY_BYTES, property + " is " + minText + " to 16M but is " + bytes);
        return (int) bytes;
    }

    private static int checkedCount(String property, int count) {
        check(count >= 1, property + " is at least 1 but is " + count);
        return count;
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("fanfare.admission." + otherwise);
        }
    }

    /// A place for one more request of `caller`, unless it or the instance has as many in hand as it may.
    public Entrance enter(Caller caller) {
        if (!callers.enter(caller)) {
            return new Entrance.Refused(
                    ErrorCode.TOO_MANY_REQUESTS,
                    "at most " + maxInFlightPerCaller
                            + " requests of one caller are taken at a time; nothing was stored");
        }
        if (!places.tryAcquire()) {
            callers.leave(caller);
            return new Entrance.Refused(ErrorCode.OVERLOADED, "nothing was stored");
        }
        metrics.entered();
        return new Entrance.Entered(new TakenPlace(caller));
    }

    private final class TakenPlace implements PublishPlace {
        private final Caller caller;
        private long bytes;

        private TakenPlace(Caller caller) {
            this.caller = caller;
        }

        @Override
        public boolean hold(long wanted) {
            long more = wanted - bytes;
            if (!bytesInHand.take(more)) {
                return false;
            }
            metrics.held(more);
            bytes = wanted;
            return true;
        }

        @Override
        public void close() {
            metrics.held(-bytes);
            bytesInHand.giveBack(bytes);
            metrics.left();
            places.release();
            callers.leave(caller);
        }
    }

    /// A place for one more read, or empty when the instance has as many in hand as it may.
    public Optional<Place> enterRead() {
        return readPlaces.tryAcquire() ? Optional.of(readPlaces::release) : Optional.empty();
    }

    /// Decides on what a request that has a place wants to publish, all or nothing.
    public Admission admit(List<Draft> drafts) {
        if (admitCount(drafts.size()) instanceof Admission.TooMany tooMany) {
            return tooMany;
        }
        for (int i = 0; i < drafts.size(); i++) {
            int dataBytes = drafts.get(i).dataBytes();
            if (dataBytes > maxMessageBytes) {
                return new Admission.TooLarge(i, dataBytes, maxMessageBytes);
            }
        }
        return new Admission.Admitted();
    }

    /// Decides on the number of messages of a request alone.
    public Admission admitCount(int messages) {
        return messages > maxBatchMessages
                ? new Admission.TooMany(messages, maxBatchMessages)
                : new Admission.Admitted();
    }

    /// Most bytes that a request body may have.
    public int maxBodyBytes() {
        return Math.max(maxRequestBytes(), maxBatchBytes);
    }

    /// Most bytes that a request with one message may have.
    public int maxRequestBytes() {
        return maxMessageBytes + ENVELOPE_BYTES;
    }

    /// Callers that have a request in hand.
    int callersInFlight() {
        return callers.size();
    }

    /// Bytes of requests in hand.
    long bytesInHand() {
        return bytesInHand.taken();
    }
}
