package dev.fanfare.deployment.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.deployment.manifest.Manifests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each rule finds what it is for: our own manifests are right, and are not once something in them is changed.
class ManifestCheckIT {

    private static String production;
    private static String keda;
    private static String local;

    @BeforeAll
    static void render() throws IOException, InterruptedException {
        production = Renderings.render(
                "production", "token-secret", "api-keys", "gateway-api", "prometheus-operator", "pod-deletion-cost");
        keda = Renderings.render("production", "token-secret", "ingress-nginx", "keda");
        local = Renderings.render("local");
    }

    @Test
    void ourManifests_areRight() {
        // When
        String told = told(production, keda, local);

        // Then
        assertThat(told).contains(", 0 failed").doesNotContain("   ");
    }

    @Test
    void nothingToCheck_isNotRight() {
        // Given
        var check = new ManifestCheck(
                Rule.all(), new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));

        // When
        boolean isGood = check.isGood(Map.of());

        // Then
        assertThat(isGood).isFalse();
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', textBlock = """
            gateway-service:0.1.0-jvm                          | gateway-service:latest                  | without a version
            gateway-service:0.1.0-jvm                          | gateway-service                         | without a version
            readinessProbe:                                    | readinessProb:                          | no readinessProbe
            startupProbe:                                      | startupProb:                            | no startupProbe
            failureThreshold: 6                                | failureThreshold: 2                     | restarted too soon
            periodSeconds: 2                                   | periodSeconds: 20                       | not ready too late
            memory: 1Gi                                        | storage: 1Gi                            | no resources.limits.memory
            allowPrivilegeEscalation: false                    | allowPrivilegeEscalation: true          | privilege
            readOnlyRootFilesystem: true                       | readOnlyRootFilesystem: false           | root file system
            - ALL                                              | - NET_RAW                               | capabilities
            runAsNonRoot: true                                 | runAsNonRoot: false                     | as root
            type: RuntimeDefault                               | type: Unconfined                        | seccomp
            enableServiceLinks: false                          | enableServiceLinks: true                | variables for every Service
            automountServiceAccountToken: true                 | automountServiceAccountToken: false     | role and no token
            topologyKey: kubernetes.io/hostname                | topologyKey: kubernetes.io/rack         | not spread
            FANFARE_GATEWAY_POD_DELETION_COST_ENABLED          | FANFARE_GATEWAY_POD_DELETION_ENABLED    | does not know
            QUARKUS_SHUTDOWN_DELAY                             | QUARKUS_SHUTDOWN_DELAY_ENABLED          | does not know
            rules[0].history-size=60                           | rules[0].history-sise=60                | would not start
            rules[0].history-size=60                           | rules[0].history-size=many              | would not start
            /etc/fanfare/channels/channels.properties          | /etc/fanfare/channels.properties        | no ConfigMap
            value: /etc/fanfare/signing-keys                   | value: /etc/fanfare/signing             | SIGNING_FOLDER where no volume
            mountPath: /etc/fanfare/admin-secret               | mountPath: /etc/fanfare/admin           | SECRET_FILE where no volume
            ISSUERS_FANFARE_AUDIENCE                           | ISSUERS_BACKENDS_AUDIENCE               | would not start
            terminationGracePeriodSeconds: 55                  | terminationGracePeriodSeconds: 54       | must be at least 55
            terminationGracePeriodSeconds: 25                  | terminationGracePeriodSeconds: 24       | must be at least 25
            serviceAccountName: gateway-service                | serviceAccountName: gateway             | no such ServiceAccount
            kind: PodDisruptionBudget                          | kind: PodDisruptionBudgets              | PodDisruptionBudgets instead of one
            targetPort: http                                   | targetPort: https                       | leads to no port https
            averageValue: "10000"                              | averageValue: "10001"                   | does not aim at half
            stabilizationWindowSeconds: 600                    | stabilizationWindowSeconds: 54          | not gone yet
            periodSeconds: 120                                 | periodSeconds: 54                       | before one has drained
            minReplicas: 3                                     | minReplicas: 4                          | different numbers
            port: 6379                                         | port: 6380                              | cannot reach Redis
            port: 53                                           | port: 54                                | cannot ask for names
            - Egress                                           | - Ingress                               | is open
            fanfare.dev/publishes: "true"                      | kubernetes.io/metadata.name: fanfare    | may be reached by
            port: 6443                                         | port: 8081                              | may reach Deployment/publisher-service
            """)
    void change_isFound(String from, String to, String finding) {
        // Given
        assertThat(production).contains(from);
        String broken = production.replace(from, to);

        // When
        String told = told(broken, keda, local);

        // Then
        assertThat(told).contains(finding).doesNotContain(", 0 failed");
    }

    private static String told(String productionNow, String kedaNow, String localNow) {
        var out = new ByteArrayOutputStream();
        new ManifestCheck(List.copyOf(Rule.all()), new PrintStream(out, true, StandardCharsets.UTF_8))
                .isGood(Map.of(
                        "production",
                        Manifests.parse(productionNow),
                        "keda",
                        Manifests.parse(kedaNow),
                        "local",
                        Manifests.parse(localNow)));
        return out.toString(StandardCharsets.UTF_8);
    }
}
