package dev.fanfare.benchmarks.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fanfare.benchmarks.harness.Arguments;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final Costs COSTS = new Costs(10, 1, 2, 10_000, 100e6, 100, 25, 1_000, 200, 150);
    private static final Size SIZE = new Size(20_000, 1, 1);

    @Test
    void fewConnections_twoInstancesOfEach() {
        // When
        Plan plan = Plan.of(new Demand(100, 1, 1, 256, 100), COSTS, SIZE);

        // Then
        assertThat(plan.gateways()).isEqualTo(2);
        assertThat(plan.gatewaysFor()).isEqualTo(Plan.Bound.SPARE);
        assertThat(plan.publishers()).isEqualTo(2);
        assertThat(plan.redisShards()).isEqualTo(1);
    }

    @Test
    void manyIdleConnections_gatewaysAtHalfOfTheirLimit() {
        // When
        Plan plan = Plan.of(new Demand(100_000, 1, 0, 256, 0), COSTS, SIZE);

        // Then
        assertThat(plan.gateways()).isEqualTo(10);
        assertThat(plan.gatewaysFor()).isEqualTo(Plan.Bound.CONNECTIONS);
        assertThat(plan.gatewayCores()).isCloseTo(0.2, within(1e-9));
        assertThat(plan.gatewayMemoryBytes()).isCloseTo(100e6 + 10_000 * 10_000.0, within(1.0));
    }

    @Test
    void manyDeliveries_gatewaysAtHalfOfTheirCores() {
        // When: 10 messages a second to 20,000 are 200,000 deliveries of 10 µs, and 0.04 cores of pings
        Plan plan = Plan.of(new Demand(20_000, 1, 10, 256, 0), COSTS, SIZE);

        // Then
        assertThat(plan.gatewayCores()).isCloseTo(2.04, within(1e-9));
        assertThat(plan.gateways()).isEqualTo(5);
        assertThat(plan.gatewaysFor()).isEqualTo(Plan.Bound.CPU);
        assertThat(plan.egressBytes()).isCloseTo(200_000 * (256.0 + Plan.FRAME_BYTES), within(1.0));
    }

    @Test
    void severalChannels_eachMessageReachesTheirShareOfTheConnections() {
        assertThat(new Demand(1_000, 100, 50, 256, 0).deliveriesPerSecond()).isEqualTo(500);
    }

    @Test
    void manyPublishes_morePublishersAndShardsOfRedis() {
        // When: 30,000 publishes of 100 µs and 25 µs
        Plan plan = Plan.of(new Demand(1, 1, 30_000, 256, 0), COSTS, SIZE);

        // Then
        assertThat(plan.publishers()).isEqualTo(6);
        assertThat(plan.redisCores()).isCloseTo(0.75, within(1e-9));
        assertThat(plan.redisShards()).isEqualTo(2);
    }

    @Test
    void histories_countWithTheIdsThatAreRemembered() {
        // When
        Plan plan = Plan.of(new Demand(100, 10, 2, 300, 100), COSTS, SIZE);

        // Then
        double histories = 10 * (1_000 + 100 * (300.0 + 200));
        double ids = 2 * 300 * 150.0;
        assertThat(plan.redisMemoryBytes()).isCloseTo(histories + ids, within(1e-6));
    }

    @Test
    void moreChannelsThanConnections_isRefused() {
        assertThatThrownBy(() -> CapacityOptions.parse(new Arguments(List.of("--conns", "5", "--channels", "6"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--channels 6");
    }
}
