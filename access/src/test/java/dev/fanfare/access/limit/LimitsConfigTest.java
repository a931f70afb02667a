package dev.fanfare.access.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsConfigTest {

    static LimitsConfig config(String... keysAndValues) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().withMapping(LimitsConfig.class);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            builder.withDefaultValue("fanfare.access.limits." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return builder.build().getConfigMapping(LimitsConfig.class);
    }

    @Test
    void defaults() {
        LimitsConfig config = config();
        assertThat(config.publishesPerSubject()).isEqualTo(1000);
        assertThat(config.publishesPerSubjectBurst()).isEqualTo(5000);
        assertThat(config.publishesPerKey()).isEqualTo(20_000);
        assertThat(config.publishesPerKeyBurst()).isEqualTo(50_000);
        assertThat(config.publishesPerAddress()).isEqualTo(1000);
        assertThat(config.publishesPerAddressBurst()).isEqualTo(5000);
        assertThat(config.tokensPerKey()).isEqualTo(500);
        assertThat(config.tokensPerKeyBurst()).isEqualTo(10_000);
        assertThat(config.failuresPerAddress()).isEqualTo(10);
        assertThat(config.failuresPerAddressBurst()).isEqualTo(200);
    }

    @Test
    void everyProperty_isMapped() {
        LimitsConfig config = config(
                "publishes-per-subject", "1",
                "publishes-per-subject-burst", "2",
                "publishes-per-key", "3",
                "publishes-per-key-burst", "4",
                "publishes-per-address", "5",
                "publishes-per-address-burst", "6",
                "failures-per-address", "7",
                "failures-per-address-burst", "8",
                "tokens-per-key", "9",
                "tokens-per-key-burst", "10");
        assertThat(config.publishesPerSubject()).isEqualTo(1);
        assertThat(config.publishesPerSubjectBurst()).isEqualTo(2);
        assertThat(config.publishesPerKey()).isEqualTo(3);
        assertThat(config.publishesPerKeyBurst()).isEqualTo(4);
        assertThat(config.publishesPerAddress()).isEqualTo(5);
        assertThat(config.publishesPerAddressBurst()).isEqualTo(6);
        assertThat(config.failuresPerAddress()).isEqualTo(7);
        assertThat(config.failuresPerAddressBurst()).isEqualTo(8);
        assertThat(config.tokensPerKey()).isEqualTo(9);
        assertThat(config.tokensPerKeyBurst()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
        "publishes-per-subject, -1",
        "publishes-per-subject-burst, 0",
        "publishes-per-key, 1000001",
        "publishes-per-key-burst, 0",
        "publishes-per-address, -1",
        "publishes-per-address-burst, 0",
        "tokens-per-key, 1000001",
        "tokens-per-key-burst, 0",
        "failures-per-address, -1",
        "failures-per-address-burst, 864000"
    })
    void valueOutOfRange_stopsTheStart(String property, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Limits(
                        config(property, value),
                        (_, _) -> CompletableFuture.completedFuture(Duration.ZERO),
                        new LimitMetrics(new SimpleMeterRegistry())))
                .withMessageStartingWith("fanfare.access.limits." + property.replace("-burst", ""));
    }
}
