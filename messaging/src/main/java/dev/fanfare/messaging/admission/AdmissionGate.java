package dev.fanfare.messaging.admission;

import dev.fanfare.contract.broker.SequencePublisher;
import dev.fanfare.messaging.publish.Draft;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Decides on every publish request, in two steps: a place before the body is read, so that a full
/// instance sheds load while that still costs nothing, and the draft once it is known.
///
/// Safe for use by many threads; never waits.
@Singleton
@Startup
public final class AdmissionGate {

    /// What a request body may have on top of the data: the names of the fields, white space, and three
    /// fields of 128 characters, each an escape of six bytes.
    static final int ENVELOPE_BYTES = 4096;

    private static final int LARGEST_BODY_BYTES = 16 << 20;
    private static final int SMALLEST_BATCH_BYTES = 1 << 10;

    private final int maxMessageBytes;
    private final int maxBatchMessages;
    private final int maxBatchBytes;
    private final Semaphore places;
    private final Semaphore readPlaces;
    private final AdmissionMetrics metrics;

    AdmissionGate(AdmissionConfig config, AdmissionMetrics metrics) {
        long bytes = config.maxMessageBytes().asLongValue();
        check(bytes >= 1 && bytes <= LARGEST_BODY_BYTES, "max-message-bytes is 1 to 16M but is " + bytes);
        long batchBytes = config.maxBatchBytes().asLongValue();
        check(
                batchBytes >= SMALLEST_BATCH_BYTES && batchBytes <= LARGEST_BODY_BYTES,
                "max-batch-bytes is 1K to 16M but is " + batchBytes);
        int messages = config.maxBatchMessages();
        check(
                messages >= 1 && messages <= SequencePublisher.MAX_MESSAGES,
                "max-batch-messages is 1 to " + SequencePublisher.MAX_MESSAGES + " but is " + messages);
        int reads = config.maxReadsInFlight();
        check(reads >= 1, "max-reads-in-flight is at least 1 but is " + reads);
        check(config.maxInFlight() >= 1, "max-in-flight is at least 1 but is " + config.maxInFlight());
        this.maxMessageBytes = (int) bytes;
        this.maxBatchMessages = messages;
        this.maxBatchBytes = (int) batchBytes;
        this.places = new Semaphore(config.maxInFlight());
        this.readPlaces = new Semaphore(config.maxReadsInFlight());
        this.metrics = metrics;
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("fanfare.admission." + otherwise);
        }
    }

    /// A place for one more request, or empty when the instance has as many in hand as it may.
    public Optional<Place> enter() {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        metrics.entered();
        return Optional.of(this::leave);
    }

    /// A place for one more read, or empty when the instance has as many in hand as it may.
    public Optional<Place> enterRead() {
        return readPlaces.tryAcquire() ? Optional.of(readPlaces::release) : Optional.empty();
    }

    private void leave() {
        metrics.left();
        places.release();
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
        return Math.max(maxMessageBytes + ENVELOPE_BYTES, maxBatchBytes);
    }
}
