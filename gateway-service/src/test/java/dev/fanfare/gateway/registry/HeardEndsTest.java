package dev.fanfare.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.broker.ConnectionEnd;
import dev.fanfare.contract.broker.ConnectionEnd.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeardEndsTest {

    private static final long SECOND = 1_000_000;
    private static final long NOW = 1_700_000_000 * SECOND;

    private final HeardEnds heard = new HeardEnds();

    private static ConnectionEnd end(long serial) {
        return new ConnectionEnd(serial, Kind.SUBJECT, "alice");
    }

    @Test
    void endsBeforeTheFirstAnswer_areNoNews() {
        assertThat(heard.after()).isZero();
        assertThat(heard.news(List.of(end(NOW)))).isEmpty();
        assertThat(heard.news(List.of(end(NOW), end(NOW + 1)))).containsExactly(end(NOW + 1));
    }

    @Test
    void endThatIsReadAgain_isNoNews() {
        // Given
        heard.news(List.of());
        assertThat(heard.news(List.of(end(NOW)))).containsExactly(end(NOW));

        // When, Then
        assertThat(heard.news(List.of(end(NOW)))).isEmpty();
    }

    @Test
    void clockThatFellBack_hidesNoEnd() {
        // Given
        heard.news(List.of());
        heard.news(List.of(end(NOW)));
        long behind = NOW - 9 * SECOND;

        // When, Then
        assertThat(heard.after()).isLessThan(behind);
        assertThat(heard.news(List.of(end(behind), end(NOW)))).containsExactly(end(behind));
    }

    @Test
    void endsThatAreNotReadAgain_areForgotten() {
        // Given
        heard.news(List.of());
        heard.news(List.of(end(NOW)));

        // When
        heard.news(List.of(end(NOW + 11 * SECOND)));

        // Then
        assertThat(heard.after()).isEqualTo(NOW + SECOND);
        assertThat(heard.news(List.of(end(NOW)))).containsExactly(end(NOW));
    }
}
