package dev.fanfare.benchmarks.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BareScriptTest {

    private static final String HEAD =
            "\"test\",\"rps\",\"avg_latency_ms\",\"min_latency_ms\",\"p50_latency_ms\",\"p95_latency_ms\",\"p99_latency_ms\",\"max_latency_ms\"\n";
    private static final String LATENCIES = ",\"0.8\",\"0.1\",\"0.7\",\"1.2\",\"1.3\",\"1.4\"\n";

    private static Duration elapsed(String rate) {
        return BareScript.effortOf(500, HEAD + "\"EVALSHA x\",\"" + rate + "\"" + LATENCIES, Duration.ZERO)
                .elapsed();
    }

    @Test
    void rate_givesTheTimeOfTheRun() {
        assertThat(elapsed("1000.00")).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void runOfLessThanAMillisecond_countsAsOne() {
        assertThat(elapsed("inf")).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void outputWithoutARate_isShown() {
        assertThatIllegalStateException()
                .isThrownBy(() -> BareScript.effortOf(500, "ERR something", Duration.ZERO))
                .withMessageContaining("ERR something");
    }
}
