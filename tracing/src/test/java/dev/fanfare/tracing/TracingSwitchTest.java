package dev.fanfare.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TracingSwitchTest {

    private static SmallRyeConfig config(Map<String, String> set) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredInterceptors()
                .addDefaultInterceptors()
                .addPropertiesSources()
                .withSources(new PropertiesConfigSource(set, "test", 500))
                .withDefaultValue(TracingSwitch.SDK_DISABLED, "false")
                .build();
    }

    private static boolean isOff(SmallRyeConfig config) {
        return config.getValue(TracingSwitch.SDK_DISABLED, Boolean.class);
    }

    @Test
    void withoutAnEndpoint_nothingIsRecorded() {
        assertThat(isOff(config(Map.of()))).isTrue();
        assertThat(isOff(config(Map.of(TracingSwitch.ENDPOINT, " ")))).isTrue();
    }

    @Test
    void endpoint_switchesRecordingOn_andIsWhereItIsSent() {
        // When
        SmallRyeConfig config = config(Map.of(TracingSwitch.ENDPOINT, "http://collector:4318"));

        // Then
        assertThat(isOff(config)).isFalse();
        assertThat(config.getValue("quarkus.otel.exporter.otlp.endpoint", String.class))
                .isEqualTo("http://collector:4318");
    }

    @Test
    void endpointSetAtRunTimeOnly_switchesRecordingOn_thoughTheBuildHasSeenNone() {
        // Given
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredInterceptors()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(
                        Map.of(TracingSwitch.SDK_DISABLED, "true"), "recorded defaults", Integer.MIN_VALUE + 100))
                .withSources(new PropertiesConfigSource(
                        Map.of(TracingSwitch.ENDPOINT, "http://collector:4318"), "command line", 400))
                .build();

        // Then
        assertThat(isOff(config)).isFalse();
    }

    @Test
    void switchedOffByHand_staysOffInSpiteOfAnEndpoint() {
        // When
        SmallRyeConfig config =
                config(Map.of(TracingSwitch.ENDPOINT, "http://collector:4318", TracingSwitch.SDK_DISABLED, "true"));

        // Then
        assertThat(isOff(config)).isTrue();
    }

    @Test
    void ratio_isThatOfOneInAHundred_unlessItIsSet() {
        assertThat(config(Map.of()).getValue("quarkus.otel.traces.sampler.arg", Double.class))
                .isEqualTo(0.01);
        assertThat(config(Map.of("fanfare.tracing.ratio", "0.5"))
                        .getValue("quarkus.otel.traces.sampler.arg", Double.class))
                .isEqualTo(0.5);
    }
}
