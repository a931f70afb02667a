package dev.fanfare.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contract.broker.BudgetLedger;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [BudgetLedger] does.
public abstract class BudgetLedgerContract extends BrokerContract {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    /// What a slow machine takes between two calls.
    private static final Duration SLACK = Duration.ofSeconds(20);

    private final String budget = "subject {a} \n ü " + UUID.randomUUID();

    @Test
    public void untouchedBudget_isSpentByWhatItCosts() {
        assertThat(spend(budget, MINUTE)).isEqualTo(MINUTE);
    }

    @Test
    public void whatSeveralSpend_addsUp() {
        // When
        List<CompletableFuture<Duration>> spendings = IntStream.range(0, 50)
                .parallel()
                .mapToObj(_ -> ledger().spend(budget, MINUTE))
                .toList();
        Duration most = spendings.stream()
                .map(BrokerContract::await)
                .max(Duration::compareTo)
                .orElseThrow();

        // Then
        assertThat(most).isBetween(MINUTE.multipliedBy(50).minus(SLACK), MINUTE.multipliedBy(50));
    }

    @Test
    public void otherBudgets_areNotTouched() {
        // Given
        spend(budget, MINUTE);

        // When, Then
        assertThat(spend(budget + "2", MINUTE)).isEqualTo(MINUTE);
    }

    @Test
    public void time_givesBackWhatWasSpent() {
        // Given
        spend(budget, Duration.ofMillis(300));

        // When
        broker().passTime(Duration.ofMillis(350));

        // Then
        assertThat(spend(budget, MINUTE)).isEqualTo(MINUTE);
    }

    @Test
    public void microsecond_countsAsOne() {
        assertThat(spend(budget, Duration.ofNanos(1000))).isEqualTo(Duration.ofNanos(1000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.000000999S", "PT-1S", "PT24H0.000001S"})
    public void costOutOfRange_isAMistakeOfTheCaller(Duration cost) {
        assertThatThrownBy(() -> await(ledger().spend(budget, cost))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void forgottenBudget_isWhole() {
        // Given
        spend(budget, MINUTE);

        // When
        broker().forgetAll();

        // Then
        assertThat(spend(budget, MINUTE)).isEqualTo(MINUTE);
    }

    @Test
    public void brokenBroker_failsInTimeAndWorksAgainAfterwards() {
        // When
        broker().breakDown();

        // Then
        assertUnavailable(ledger().spend(budget, MINUTE));
        broker().repair();
        assertThat(spend(budget + "3", MINUTE)).isEqualTo(MINUTE);
    }

    private BudgetLedger ledger() {
        return broker().budgets();
    }

    private Duration spend(String name, Duration cost) {
        return await(ledger().spend(name, cost));
    }
}
