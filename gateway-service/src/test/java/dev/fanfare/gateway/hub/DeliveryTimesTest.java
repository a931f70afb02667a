package dev.fanfare.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.frame.StartPoint;
import dev.fanfare.contract.message.StreamPosition;
import io.prometheus.client.Collector;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryTimesTest {

    private static final Channel CHANNEL = new Channel("c");

    private final HubFixture hub = new HubFixture();
    private final Fanout fanout = new Fanout(CHANNEL, false, hub.metrics, hub.traces);

    /// Its messages were accepted as many milliseconds after the epoch as their offset says.
    private void publish(long... offsets) {
        for (long offset : offsets) {
            fanout.deliver(HubFixture.publication(CHANNEL, "e", offset));
        }
    }

    private void subscribe() {
        Subscription subscription = hub.loop.subscribe(CHANNEL, new HubFixture.Recorder());
        fanout.add(subscription.channel());
        var join = new Join(subscription, new StartPoint.Now(), null);
        fanout.attach(join, new StreamPosition("e", 0), false, List.of());
        hub.turn();
    }

    /// Value by `le`, or by the name's end where there is none.
    private Map<String, Double> histogram() {
        return new DeliveryHistogram(hub.metrics)
                .collect().getFirst().samples.stream().collect(Collectors.toMap(DeliveryTimesTest::key, s -> s.value));
    }

    private static String key(Collector.MetricFamilySamples.Sample sample) {
        return sample.labelValues.isEmpty()
                ? sample.name.replace("fanfare_gateway_delivery_seconds", "")
                : sample.labelValues.getFirst();
    }

    @Test
    void batch_countsEveryDeliveryAsOldAsItsOldestMessage() {
        // Given
        subscribe();
        subscribe();

        // When
        publish(10, 11, 12);
        hub.now = Instant.ofEpochMilli(60);
        hub.turn();

        // Then
        assertThat(histogram())
                .containsEntry("0.02", 0.0)
                .containsEntry("0.05", 6.0)
                .containsEntry("+Inf", 6.0)
                .containsEntry("_count", 6.0)
                .containsEntry("_sum", 0.3);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.002", "2, 0.002", "3, 0.005", "50, 0.05", "51, 0.1", "10000, 10.0", "10001, +Inf"})
    void time_countsFromTheFirstBoundThatIsNotBelowIt(long millis, String bound) {
        // Given
        subscribe();

        // When
        publish(1);
        hub.now = Instant.ofEpochMilli(1 + millis);
        hub.turn();

        // Then
        List<String> counting = histogram().entrySet().stream()
                .filter(each -> !each.getKey().startsWith("_") && each.getValue() > 0)
                .map(Map.Entry::getKey)
                .sorted((a, b) -> Double.compare(asNumber(a), asNumber(b)))
                .toList();
        assertThat(counting.getFirst()).isEqualTo(bound);
        assertThat(counting.getLast()).isEqualTo("+Inf");
    }

    private static double asNumber(String bound) {
        return bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
    }

    @Test
    void secondBatch_isNotAsOldAsTheFirst() {
        // Given
        subscribe();
        publish(1);
        hub.turn();

        // When
        hub.now = Instant.ofEpochMilli(1000);
        publish(999);
        hub.turn();

        // Then
        assertThat(histogram()).containsEntry("0.002", 2.0);
    }

    @Test
    void messageFromTheFuture_tookNoTimeAndCountsAsEarly() {
        // Given
        subscribe();

        // When
        publish(7);
        hub.turn();

        // Then
        assertThat(histogram()).containsEntry("0.002", 1.0).containsEntry("_sum", 0.0);
        assertThat(hub.metrics.deliveryTimes()).extracting(DeliveryTimes::early).containsExactly(1L);
    }

    @Test
    void plainMessage_hasNoTime() {
        // Given
        subscribe();

        // When
        fanout.deliverPlain("text");
        hub.turn();
        publish(1);
        hub.now = Instant.ofEpochMilli(2);
        hub.turn();

        // Then
        assertThat(histogram()).containsEntry("_count", 1.0).containsEntry("0.002", 1.0);
    }

    @Test
    void withoutSubscribers_nothingCounts() {
        // Given
        subscribe();
        publish(1);
        hub.turn();

        // When
        var other = new Fanout(new Channel("d"), false, hub.metrics, hub.traces);
        other.deliver(HubFixture.publication(new Channel("d"), "e", 1));
        hub.turn();

        // Then
        assertThat(histogram()).containsEntry("_count", 1.0);
    }
}
