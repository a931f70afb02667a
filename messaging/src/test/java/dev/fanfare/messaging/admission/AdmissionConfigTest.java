package dev.fanfare.messaging.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdmissionConfigTest {

    @Test
    void defaults() {
        // When
        AdmissionConfig config = config(Map.of());

        // Then
        assertThat(config.maxMessageBytes().asLongValue()).isEqualTo(64 * 1024);
        assertThat(config.maxBatchMessages()).isEqualTo(100);
        assertThat(config.maxBatchBytes().asLongValue()).isEqualTo(256 * 1024);
        assertThat(config.maxInFlight()).isEqualTo(512);
        assertThat(config.maxReadsInFlight()).isEqualTo(64);
        assertThat(config.maxInFlightPerCaller()).isEqualTo(64);
        assertThat(config.maxBytesInHand().asLongValue()).isEqualTo(64 << 20);
    }

    @Test
    void everyProperty_isMapped() {
        // When
        AdmissionConfig config = config(Map.of(
                "fanfare.admission.max-message-bytes", "1M",
                "fanfare.admission.max-batch-messages", "9",
                "fanfare.admission.max-batch-bytes", "2M",
                "fanfare.admission.max-reads-in-flight", "8",
                "fanfare.admission.max-in-flight-per-caller", "6",
                "fanfare.admission.max-bytes-in-hand", "5M",
                "fanfare.admission.max-in-flight", "7"));

        // Then
        assertThat(config.maxMessageBytes().asLongValue()).isEqualTo(1024 * 1024);
        assertThat(config.maxBatchMessages()).isEqualTo(9);
        assertThat(config.maxBatchBytes().asLongValue()).isEqualTo(2 * 1024 * 1024);
        assertThat(config.maxInFlight()).isEqualTo(7);
        assertThat(config.maxReadsInFlight()).isEqualTo(8);
        assertThat(config.maxInFlightPerCaller()).isEqualTo(6);
        assertThat(config.maxBytesInHand().asLongValue()).isEqualTo(5 << 20);
    }

    static AdmissionConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(AdmissionConfig.class)
                .withDefaultValues(properties)
                .withConverter(MemorySize.class, 500, new MemorySizeConverter())
                .build()
                .getConfigMapping(AdmissionConfig.class);
    }
}
