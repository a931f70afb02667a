package dev.fanfare.redis.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelRule;
import dev.fanfare.contract.channel.ChannelRules;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelsConfigTest {

    @Test
    void defaults() {
        assertThat(rulesOf(Map.of()).rules()).isEmpty();

        ChannelRule rule = rulesOf(Map.of("fanfare.channels.rules[0].pattern", "iss.*"))
                .rules()
                .getFirst();
        assertThat(rule.historySize()).isEqualTo(100);
        assertThat(rule.historyTtl()).isEqualTo(Duration.ofMinutes(10));
        assertThat(rule.replicas()).isZero();
    }

    @Test
    void everyProperty_isMapped() {
        ChannelRules rules = rulesOf(Map.of(
                "fanfare.channels.rules[0].pattern", "iss.*",
                "fanfare.channels.rules[0].history-size", "0",
                "fanfare.channels.rules[0].history-ttl", "5S",
                "fanfare.channels.rules[0].replicas", "2",
                "fanfare.channels.rules[1].pattern", "*",
                "fanfare.channels.rules[1].history-size", "9"));

        assertThat(rules.ruleFor(new Channel("iss.telemetry")).isEphemeral()).isTrue();
        assertThat(rules.ruleFor(new Channel("iss.telemetry")).historyTtl()).isEqualTo(Duration.ofSeconds(5));
        assertThat(rules.ruleFor(new Channel("iss.telemetry")).replicas()).isEqualTo(2);
        assertThat(rules.ruleFor(new Channel("chat")).historySize()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({
        "pattern, a{b",
        "history-size, -1",
        "history-size, 100001",
        "history-ttl, 0.5S",
        "replicas, -1",
        "replicas, 11",
    })
    void valueOutOfRange_isRefusedWithItsRule(String key, String value) {
        String pattern = key.equals("pattern") ? value : "iss.*";
        Map<String, String> values = Map.of(
                "fanfare.channels.rules[0].pattern",
                pattern,
                "fanfare.channels.rules[0]." + (key.equals("pattern") ? "history-size" : key),
                key.equals("pattern") ? "1" : value);

        assertThatThrownBy(() -> rulesOf(values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fanfare.channels.rules")
                .hasMessageContaining(pattern);
    }

    private static ChannelRules rulesOf(Map<String, String> values) {
        return ChannelsConfig.toRules(new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ChannelsConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(ChannelsConfig.class));
    }
}
