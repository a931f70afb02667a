package dev.fanfare.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveHeapTest {

    private static final String HISTOGRAM = """
            4711:
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:           300           4800  [B (java.base@25)
               2:            20            640  dev.fanfare.gateway.connection.Connection
               3:             1             16  java.lang.Object (java.base@25)
            Total           321           5456
            """;

    @Test
    void histogramOfJcmd_isRead() {
        assertThat(LiveHeap.parse(HISTOGRAM))
                .isEqualTo(new LiveHeap(
                        5456,
                        Map.of("[B", 300L, "dev.fanfare.gateway.connection.Connection", 20L, "java.lang.Object", 1L)));
    }

    @Test
    void runningJvm_holdsSomething() throws Exception {
        // Given
        Path server = Path.of(System.getProperty("java.home"), "bin", "jwebserver");
        Process jvm = new ProcessBuilder(server.toString(), "-b", "127.0.0.1", "-p", "0").start();
        try (BufferedReader output = jvm.inputReader()) {
            assertThat(output.readLine()).as("it runs").isNotNull();

            // When
            LiveHeap heap = LiveHeap.of(jvm.toHandle()).orElseThrow();

            // Then
            assertThat(heap.bytes()).isPositive();
            assertThat(heap.instances()).containsKey("java.lang.String");
        } finally {
            jvm.destroy();
        }
    }

    @Test
    void processThatIsNoJvm_hasNone() throws Exception {
        // Given
        Process sleeping = new ProcessBuilder("sleep", "60").start();

        // When
        Optional<LiveHeap> heap = LiveHeap.of(sleeping.toHandle());

        // Then
        sleeping.destroy();
        assertThat(heap).isEmpty();
    }

    @Test
    void classesThatGrew_areNamedByHowMuch() {
        // Given
        var before = new LiveHeap(100, Map.of("a", 5L, "b", 5L, "c", 5L));
        var after = new LiveHeap(200, Map.of("a", 6L, "b", 5000L, "c", 2L, "d", 7L));

        // Then
        assertThat(after.grown(before, 2)).isEqualTo("4,995 × `b`, 7 × `d`");
    }
}
