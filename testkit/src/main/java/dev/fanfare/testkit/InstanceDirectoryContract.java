package dev.fanfare.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What every [dev.fanfare.contract.broker.InstanceDirectory] does.
public abstract class InstanceDirectoryContract extends BrokerContract {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final String service = "service-" + UUID.randomUUID();

    @Test
    public void firstInstance_isAlone() {
        assertThat(well("a", LONG)).isZero();
    }

    @Test
    public void wellInstances_countEachOtherButNotThemselves() {
        // Given
        well("a", LONG);
        well("b", LONG);
        well("c", LONG);

        // When
        int othersOfA = well("a", LONG);

        // Then
        assertThat(othersOfA).isEqualTo(2);
    }

    @Test
    public void unwellInstance_isNotCountedButHearsOfTheOthers() {
        // Given
        well("a", LONG);

        // When
        int othersOfB = unwell("b");

        // Then
        assertThat(othersOfB).isEqualTo(1);
        assertThat(well("a", LONG)).isZero();
    }

    @Test
    public void instanceThatBecomesUnwell_isGoneAtOnce() {
        // Given
        well("a", LONG);
        well("b", LONG);

        // When
        unwell("b");

        // Then
        assertThat(well("a", LONG)).isZero();
    }

    @Test
    public void silentInstance_isGoneAfterItsTtl() {
        // Given
        well("a", LONG);
        well("b", SHORT);

        // When
        broker().passTime(SHORT.plusMillis(50));

        // Then
        assertThat(well("a", LONG)).isZero();
    }

    @Test
    public void instanceThatSaysSoAgain_staysForTheNewTtl() {
        // Given
        well("a", SHORT);

        // When
        well("a", LONG);
        broker().passTime(SHORT.plusMillis(50));

        // Then
        assertThat(unwell("b")).isEqualTo(1);
    }

    @Test
    public void shorterTtlOfAnother_changesNothing() {
        // Given
        well("a", LONG);

        // When
        well("b", SHORT);
        broker().passTime(SHORT.plusMillis(50));

        // Then
        assertThat(well("c", LONG)).isEqualTo(1);
    }

    @Test
    public void instanceOfAnotherService_isNotCounted() {
        // When
        await(broker().instances().announce("other-" + service, "b", true, LONG));

        // Then
        assertThat(well("a", LONG)).isZero();
    }

    @Test
    public void forgottenInstances_areKnownAgainWhenTheySaySo() {
        // Given
        well("a", LONG);
        well("b", LONG);

        // When
        broker().forgetAll();

        // Then
        assertThat(well("a", LONG)).isZero();
        assertThat(well("b", LONG)).isEqualTo(1);
    }

    @Test
    public void ttlOfLessThanHundredMilliseconds_isAMistakeOfTheCaller() {
        assertThatThrownBy(() -> well("a", Duration.ofMillis(99))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void brokenBroker_failsInTimeAndWorksAgainAfterwards() {
        // When
        broker().breakDown();

        // Then
        assertUnavailable(broker().instances().announce(service, "a", true, LONG));
        broker().repair();
        well("a", LONG);
    }

    private int well(String instance, Duration ttl) {
        return await(broker().instances().announce(service, instance, true, ttl));
    }

    private int unwell(String instance) {
        return await(broker().instances().announce(service, instance, false, LONG));
    }
}
