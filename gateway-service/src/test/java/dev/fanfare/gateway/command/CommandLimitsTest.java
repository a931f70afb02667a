package dev.fanfare.gateway.command;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fanfare.gateway.Configs;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLimitsTest {

    private static final int LARGEST_REQUEST = 69_632;

    private static CommandConfig config(String property, String value) {
        return Configs.mapped(CommandConfig.class, Map.of("fanfare.gateway.command." + property, value));
    }

    @ParameterizedTest
    @CsvSource({
        "max-publishes-in-flight, 0",
        "max-reads-in-flight, 0",
        "max-page-bytes, 1023",
        "max-page-bytes, 16777217"
    })
    void valueOutOfRange_isRefusedByName(String property, String value) {
        // When, Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommandConfig.checked(config(property, value)))
                .withMessageContaining("fanfare.gateway.command." + property);
    }

    @ParameterizedTest
    @CsvSource({
        "69631, 69632, quarkus.websockets-next.server.max-frame-size",
        "69632, 69631, quarkus.websockets-next.server.max-message-size"
    })
    void frameThatHoldsNoLargestMessage_isRefused(int frame, int message, String property) {
        // When, Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FrameLimit(frame, message, LARGEST_REQUEST))
                .withMessageContaining(property + " is at least 69632");
    }

    @Test
    void frameThatHoldsTheLargestMessage_isFine() {
        // When, Then
        assertThatCode(() -> new FrameLimit(LARGEST_REQUEST, LARGEST_REQUEST, LARGEST_REQUEST))
                .doesNotThrowAnyException();
    }
}
