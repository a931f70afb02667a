package dev.fanfare.messaging.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.testkit.InMemoryBroker;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadConfigTest {

    @Test
    void defaults() {
        assertThat(config(Map.of()).maxPageBytes().asLongValue()).isEqualTo(1 << 20);
    }

    @Test
    void everyProperty_isMapped() {
        assertThat(config(Map.of("fanfare.read.max-page-bytes", "7K"))
                        .maxPageBytes()
                        .asLongValue())
                .isEqualTo(7 << 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1023", "16777217"})
    void pageOutOfRange_isRefusedByName(String bytes) {
        // Given
        var broker = new InMemoryBroker(new ChannelRules(List.of()), Clock.systemUTC(), Duration.ofMinutes(5));
        ReadConfig config = config(Map.of("fanfare.read.max-page-bytes", bytes));

        // When, Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HistoryPages(broker, config))
                .withMessageContaining("fanfare.read.max-page-bytes");
    }

    static ReadConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(ReadConfig.class)
                .withDefaultValues(properties)
                .withConverter(MemorySize.class, 500, new MemorySizeConverter())
                .build()
                .getConfigMapping(ReadConfig.class);
    }
}
