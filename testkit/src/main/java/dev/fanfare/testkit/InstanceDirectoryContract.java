package dev.fanfare.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contract.broker.InstanceLoad;
import java.time.Duration;
import java.util.List;
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
        await(broker().instances().announce("other-" + service, "b", true, InstanceLoad.NONE, LONG));

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
    public void loads_areThoseThatTheOthersSaidLast() {
        // Given
        loaded("a", load(1), LONG);
        loaded("b", load(2), LONG);

        // When
        loaded("b", load(20), LONG);

        // Then
        assertThat(loaded("c", load(3), LONG)).containsExactlyInAnyOrder(load(1), load(20));
        assertThat(loaded("a", load(1), LONG)).containsExactlyInAnyOrder(load(20), load(3));
    }

    @Test
    public void loadOfWhoIsGoneOrNotWell_isNotTold() {
        // Given
        loaded("a", load(1), SHORT);
        loaded("b", load(2), LONG);
        loaded("c", load(3), LONG);

        // When
        unwell("b");
        broker().passTime(SHORT.plusMillis(50));

        // Then
        assertThat(loaded("d", load(4), LONG)).containsExactly(load(3));
    }

    @Test
    public void brokenBroker_failsInTimeAndWorksAgainAfterwards() {
        // When
        broker().breakDown();

        // Then
        assertUnavailable(broker().instances().announce(service, "a", true, InstanceLoad.NONE, LONG));
        broker().repair();
        well("a", LONG);
    }

    private int well(String instance, Duration ttl) {
        return loaded(instance, InstanceLoad.NONE, ttl).size();
    }

    private int unwell(String instance) {
        return await(broker().instances().announce(service, instance, false, InstanceLoad.NONE, LONG))
                .size();
    }

    private List<InstanceLoad> loaded(String instance, InstanceLoad load, Duration ttl) {
        return await(broker().instances().announce(service, instance, true, load, ttl));
    }

    private static InstanceLoad load(int connections) {
        return new InstanceLoad(connections, Duration.ofMillis(3), 70_000_000_000L, Duration.ofDays(40));
    }
}
