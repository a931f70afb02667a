package dev.fanfare.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.ResumingClient;
import dev.fanfare.e2e.installation.ResumingClient.Arrival;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A thousand clients that resume elsewhere at once miss nothing, and cost Redis next to nothing.
class ResumeStormIT {

    @RegisterExtension
    static final Fanfare FANFARE = ResumeStorm.installation();

    @Test
    void gatewayKilledUnderAThousandClients_allResumeElsewhereFromFewReads() {
        // When
        ResumeStorm.Outcome storm = ResumeStorm.raise(FANFARE);

        // Then
        assertThat(storm.answers())
                .hasSize(ResumeStorm.CLIENTS)
                .allMatch(answer -> answer.path("recovered").asBoolean());
        List<Integer> everything =
                IntStream.rangeClosed(1, storm.published()).boxed().toList();
        assertThat(storm.clients()).map(ResumeStormIT::received).allMatch(everything::equals);
        // One read serves all who wait for it; the next one begins only for who stands further back, or
        // when Redis did not answer in time.
        assertThat(storm.historyReads()).isBetween(1.0, storm.positions() + 1.0);
    }

    private static List<Integer> received(ResumingClient client) {
        return client.arrivals().stream().map(Arrival::data).toList();
    }
}
