package dev.fanfare.deployment.autoscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.deployment.autoscale.ScalingRules.Policy;
import dev.fanfare.deployment.autoscale.ScalingRules.Select;
import dev.fanfare.deployment.autoscale.ScalingRules.Unit;
import dev.fanfare.deployment.manifest.Manifests;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecReaderTest {

    @Test
    void autoscaler_isReadWhole() {
        // When
        AutoscalerSpec spec = read("""
                kind: HorizontalPodAutoscaler
                spec:
                  scaleTargetRef: {name: gateway}
                  minReplicas: 3
                  maxReplicas: 20
                  metrics:
                    - type: Pods
                      pods: {metric: {name: connections}, target: {averageValue: "10k"}}
                    - type: Resource
                      resource: {name: cpu, target: {averageUtilization: 70}}
                  behavior:
                    scaleDown:
                      stabilizationWindowSeconds: 600
                      selectPolicy: Min
                      policies: [{type: Pods, value: 1, periodSeconds: 60}]
                """);

        // Then
        assertThat(spec)
                .isEqualTo(new AutoscalerSpec(
                        "gateway",
                        3,
                        20,
                        Set.of(new MetricTarget.PerPod("connections", 10_000), new MetricTarget.Cpu(70)),
                        new ScalingRules(
                                Duration.ZERO,
                                Select.MAX,
                                List.of(
                                        new Policy(Unit.PODS, 4, Duration.ofSeconds(15)),
                                        new Policy(Unit.PERCENT, 100, Duration.ofSeconds(15)))),
                        new ScalingRules(
                                Duration.ofSeconds(600),
                                Select.MIN,
                                List.of(new Policy(Unit.PODS, 1, Duration.ofSeconds(60))))));
    }

    @Test
    void query_standsForTheMetricOfTheAdapter() {
        // When
        AutoscalerSpec spec = read("""
                kind: ScaledObject
                spec:
                  scaleTargetRef: {name: gateway}
                  minReplicaCount: 3
                  maxReplicaCount: 20
                  triggers:
                    - type: prometheus
                      metadata: {query: 'sum(fanfare_gateway_connections{a="b"})', threshold: "10000"}
                """);

        // Then
        assertThat(spec.metrics()).containsExactly(new MetricTarget.PerPod(GatewayMetrics.CONNECTIONS, 10_000));
        assertThat(spec.down().stabilization()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void otherObject_isRefused() {
        assertThatThrownBy(() -> read("kind: Deployment")).hasMessageContaining("is no autoscaler");
    }

    @ParameterizedTest
    @CsvSource({"10000, 10000", "50M, 50000000", "500m, 0.5", "1.5k, 1500", "2G, 2000000000"})
    void quantity_hasAUnit(String text, double value) {
        assertThat(SpecReader.quantity(text)).isEqualTo(value);
    }

    private static AutoscalerSpec read(String yaml) {
        return SpecReader.read(Manifests.parse(yaml).objects().getFirst());
    }
}
