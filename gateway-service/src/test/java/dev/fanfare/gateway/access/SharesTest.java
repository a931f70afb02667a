package dev.fanfare.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharesTest {

    @Test
    void whoHasAsMuchAsTheyMay_isRefusedUntilSomethingIsGivenBack_andNobodyElseIs() {
        // Given
        var shares = new Shares(2);
        shares.enter("a");
        shares.enter("a");

        // When, Then
        assertThat(shares.enter("a")).isFalse();
        assertThat(shares.enter("b")).isTrue();
        shares.leave("a");
        assertThat(shares.enter("a")).isTrue();
        assertThat(shares.enter("a")).isFalse();
    }

    @Test
    void whoHasNothing_isForgotten() {
        // Given
        var shares = new Shares(1);
        shares.enter("a");
        shares.enter("a");

        // When
        shares.leave("a");

        // Then
        assertThat(shares.size()).isZero();
    }

    @Test
    void withoutALimit_nothingIsCounted() {
        // Given
        var shares = new Shares(0);

        // When, Then
        assertThat(shares.enter("a")).isTrue();
        assertThat(shares.enter("a")).isTrue();
        assertThat(shares.size()).isZero();
    }

    @Test
    void manyThreads_areCountedExactly() throws Exception {
        // Given
        var shares = new Shares(3);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();

        // When
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 20_000; i++) {
                var _ = threads.submit(() -> {
                    if (shares.enter("a")) {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        inside.decrementAndGet();
                        shares.leave("a");
                    }
                });
            }
        }

        // Then
        assertThat(most.get()).isBetween(1, 3);
        assertThat(shares.size()).isZero();
    }
}
