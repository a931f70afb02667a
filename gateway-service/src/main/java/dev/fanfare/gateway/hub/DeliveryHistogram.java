package dev.fanfare.gateway.hub;

import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/// Shows all [DeliveryTimes] as one histogram of Prometheus.
///
/// Micrometer's own histogram takes one value at a time, and here one look at the clock stands for as many deliveries
/// as a batch makes. Any thread.
@Singleton
final class DeliveryHistogram extends Collector {

    private static final String NAME = "fanfare_gateway_delivery_seconds";
    private static final String HELP =
            "From the acceptance of a message by a publisher until it was given to a subscriber's socket";

    private final HubMetrics metrics;

    DeliveryHistogram(HubMetrics metrics) {
        this.metrics = metrics;
    }

    void onStart(@Observes StartupEvent event, CollectorRegistry registry) {
        registry.register(this);
    }

    @Override
    public List<MetricFamilySamples> collect() {
        List<MetricFamilySamples.Sample> samples = new ArrayList<>();
        List<DeliveryTimes> loops = metrics.deliveryTimes();
        double count = 0;
        for (int bucket = 0; bucket < DeliveryTimes.buckets(); bucket++) {
            for (DeliveryTimes loop : loops) {
                count += (double) loop.in(bucket);
            }
            String bound = doubleToGoString(DeliveryTimes.boundSeconds(bucket));
            samples.add(new MetricFamilySamples.Sample(NAME + "_bucket", List.of("le"), List.of(bound), count));
        }
        double sum = loops.stream().mapToDouble(DeliveryTimes::sumSeconds).sum();
        samples.add(sample("_count", count));
        samples.add(sample("_sum", sum));
        return List.of(new MetricFamilySamples(NAME, Type.HISTOGRAM, HELP, samples));
    }

    private static MetricFamilySamples.Sample sample(String suffix, double value) {
        return new MetricFamilySamples.Sample(NAME + suffix, List.of(), List.of(), value);
    }
}
