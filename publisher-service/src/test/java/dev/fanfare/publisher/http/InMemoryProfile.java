package dev.fanfare.publisher.http;

import dev.fanfare.testkit.KeyFolder;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.Set;

/// The whole service over the in-memory broker, with small limits so that they are easy to reach.
public class InMemoryProfile implements QuarkusTestProfile {

    private static final KeyFolder SIGNING = KeyFolder.with("2026-11-29");

    static final int MAX_MESSAGE_BYTES = 1024;
    static final int MAX_BATCH_MESSAGES = 5;
    static final int MAX_BATCH_BYTES = 8192;
    static final int MAX_IN_FLIGHT = 4;
    static final int MAX_READS_IN_FLIGHT = 2;
    static final int RETRY_AFTER_SECONDS = 3;

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(ScriptedBroker.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "fanfare.publisher.tokens.signing-folder", SIGNING.path().toString(),
                "fanfare.admission.max-message-bytes", String.valueOf(MAX_MESSAGE_BYTES),
                "fanfare.admission.max-batch-messages", String.valueOf(MAX_BATCH_MESSAGES),
                "fanfare.admission.max-batch-bytes", String.valueOf(MAX_BATCH_BYTES),
                "fanfare.admission.max-in-flight", String.valueOf(MAX_IN_FLIGHT),
                "fanfare.admission.max-reads-in-flight", String.valueOf(MAX_READS_IN_FLIGHT),
                "fanfare.publisher.http.body-timeout", "1s",
                "fanfare.publisher.http.retry-after", RETRY_AFTER_SECONDS + "s",
                "quarkus.http.limits.max-body-size", "4M");
    }
}
