package dev.fanfare.deployment.autoscale;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.deployment.autoscale.ScalingRules.Policy;
import dev.fanfare.deployment.autoscale.ScalingRules.Select;
import dev.fanfare.deployment.autoscale.ScalingRules.Unit;
import dev.fanfare.deployment.manifest.KubeObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Reads what autoscalers are told, be it by a `HorizontalPodAutoscaler` or by KEDA's `ScaledObject`.
public final class SpecReader {

    private static final ScalingRules DEFAULT_UP = new ScalingRules(
            Duration.ZERO,
            Select.MAX,
            List.of(
                    new Policy(Unit.PODS, 4, Duration.ofSeconds(15)),
                    new Policy(Unit.PERCENT, 100, Duration.ofSeconds(15))));

    private static final ScalingRules DEFAULT_DOWN = new ScalingRules(
            Duration.ofSeconds(300), Select.MAX, List.of(new Policy(Unit.PERCENT, 100, Duration.ofSeconds(15))));

    private SpecReader() {}

    /// What that object says.
    ///
    /// @throws IllegalArgumentException when the object is no autoscaler, or one of a kind that is not understood
    public static AutoscalerSpec read(KubeObject object) {
        return switch (object.kind()) {
            case "HorizontalPodAutoscaler" -> horizontal(object);
            case "ScaledObject" -> keda(object);
            default -> throw new IllegalArgumentException(object + " is no autoscaler");
        };
    }

    private static AutoscalerSpec horizontal(KubeObject object) {
        Set<MetricTarget> metrics = new HashSet<>();
        object.at("/spec/metrics").forEach(metric -> metrics.add(metric(metric)));
        return new AutoscalerSpec(
                object.text("/spec/scaleTargetRef/name"),
                object.at("/spec/minReplicas").asInt(1),
                object.at("/spec/maxReplicas").asInt(),
                metrics,
                rules(object.at("/spec/behavior/scaleUp"), DEFAULT_UP),
                rules(object.at("/spec/behavior/scaleDown"), DEFAULT_DOWN));
    }

    private static MetricTarget metric(JsonNode metric) {
        return switch (metric.path("type").asText()) {
            case "Pods" ->
                new MetricTarget.PerPod(
                        metric.at("/pods/metric/name").asText(),
                        quantity(metric.at("/pods/target/averageValue").asText()));
            case "Resource" ->
                new MetricTarget.Cpu(
                        metric.at("/resource/target/averageUtilization").asDouble());
            default -> throw new IllegalArgumentException("not understood: " + metric);
        };
    }

    private static AutoscalerSpec keda(KubeObject object) {
        Set<MetricTarget> metrics = new HashSet<>();
        object.at("/spec/triggers").forEach(trigger -> metrics.add(trigger(trigger)));
        JsonNode behavior = object.at("/spec/advanced/horizontalPodAutoscalerConfig/behavior");
        return new AutoscalerSpec(
                object.text("/spec/scaleTargetRef/name"),
                object.at("/spec/minReplicaCount").asInt(),
                object.at("/spec/maxReplicaCount").asInt(),
                metrics,
                rules(behavior.path("scaleUp"), DEFAULT_UP),
                rules(behavior.path("scaleDown"), DEFAULT_DOWN));
    }

    private static MetricTarget trigger(JsonNode trigger) {
        return switch (trigger.path("type").asText()) {
            case "prometheus" ->
                new MetricTarget.PerPod(
                        measured(trigger.at("/metadata/query").asText()),
                        quantity(trigger.at("/metadata/threshold").asText()));
            case "cpu" -> new MetricTarget.Cpu(trigger.at("/metadata/value").asDouble());
            default -> throw new IllegalArgumentException("not understood: " + trigger);
        };
    }

    /// Which of the metrics of the adapter a query of KEDA stands for.
    private static String measured(String query) {
        return Stream.of(
                        Map.entry("fanfare_gateway_connections", GatewayMetrics.CONNECTIONS),
                        Map.entry("fanfare_gateway_loop_sent_bytes_total", GatewayMetrics.SENT_BYTES))
                .filter(entry -> query.contains(entry.getKey() + "{"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(query);
    }

    private static ScalingRules rules(JsonNode rules, ScalingRules otherwise) {
        List<Policy> policies = StreamSupport.stream(rules.path("policies").spliterator(), false)
                .map(policy -> new Policy(
                        Unit.valueOf(policy.path("type").asText().toUpperCase(Locale.ROOT)),
                        policy.path("value").asInt(),
                        Duration.ofSeconds(policy.path("periodSeconds").asLong())))
                .toList();
        long stabilization = rules.path("stabilizationWindowSeconds")
                .asLong(otherwise.stabilization().toSeconds());
        String select = rules.path("selectPolicy").asText(otherwise.select().name());
        return new ScalingRules(
                Duration.ofSeconds(stabilization),
                Select.valueOf(select.toUpperCase(Locale.ROOT)),
                policies.isEmpty() ? otherwise.policies() : policies);
    }

    /// A quantity of Kubernetes, such as `10000`, `500m` or `50M`.
    static double quantity(String text) {
        String unit = text.replaceFirst("^[0-9.]+", "");
        String number = text.substring(0, text.length() - unit.length());
        int powerOfTen = switch (unit) {
            case "" -> 0;
            case "m" -> -3;
            case "k" -> 3;
            case "M" -> 6;
            case "G" -> 9;
            default -> throw new IllegalArgumentException("not understood: " + text);
        };
        return new BigDecimal(number).scaleByPowerOfTen(powerOfTen).doubleValue();
    }
}
