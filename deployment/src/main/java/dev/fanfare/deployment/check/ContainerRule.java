package dev.fanfare.deployment.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.deployment.manifest.Manifests;
import dev.fanfare.deployment.manifest.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Each container names its version, says how it is, how much it takes, and may do nothing that it does not need.
final class ContainerRule implements Rule {

    /// An instance that cannot deliver says so within seconds.
    private static final Duration LONGEST_UNTIL_NOT_READY = Duration.ofSeconds(10);

    /// A restart breaks every connection, so it takes more than a hiccup.
    private static final Duration SHORTEST_UNTIL_RESTART = Duration.ofSeconds(30);

    private static final int DEFAULT_PERIOD_SECONDS = 10;
    private static final int DEFAULT_FAILURES = 3;

    @Override
    public String name() {
        return "containers";
    }

    @Override
    public List<Finding> findings(Manifests manifests) {
        List<Finding> findings = new ArrayList<>();
        for (Workload workload : manifests.workloads()) {
            for (JsonNode container : workload.containers()) {
                String where = workload + "/" + container.path("name").asText();
                new Looked(where, container, findings).look();
            }
        }
        return findings;
    }

    private record Looked(String where, JsonNode container, List<Finding> findings) {

        void look() {
            image();
            for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                check(container.has(probe), "has no " + probe);
            }
            check(
                    untilFailed("readinessProbe").compareTo(LONGEST_UNTIL_NOT_READY) <= 0,
                    "is not ready too late: periodSeconds × failureThreshold of readinessProbe is more than 10 s");
            check(
                    untilFailed("livenessProbe").compareTo(SHORTEST_UNTIL_RESTART) >= 0,
                    "is restarted too soon: periodSeconds × failureThreshold of livenessProbe is less than 30 s");
            for (String kind : List.of("requests", "limits")) {
                for (String resource : List.of("cpu", "memory")) {
                    check(
                            container.at("/resources/" + kind + "/" + resource).isValueNode(),
                            "has no resources." + kind + "." + resource);
                }
            }
            JsonNode security = container.path("securityContext");
            check(isFalse(security.path("allowPrivilegeEscalation")), "allows privilege escalation");
            check(security.path("readOnlyRootFilesystem").asBoolean(), "may write its root file system");
            check(
                    security.at("/capabilities/drop").toString().equals("[\"ALL\"]")
                            && !security.at("/capabilities").has("add"),
                    "does not drop ALL capabilities");
        }

        private void image() {
            String image = container.path("image").asText();
            String last = image.substring(image.lastIndexOf('/') + 1);
            boolean hasVersion = last.contains("@") || (last.contains(":") && !last.endsWith(":latest"));
            check(hasVersion, "has an image without a version: " + image);
        }

        private Duration untilFailed(String probe) {
            JsonNode node = container.path(probe);
            int period = node.path("periodSeconds").asInt(DEFAULT_PERIOD_SECONDS);
            int failures = node.path("failureThreshold").asInt(DEFAULT_FAILURES);
            return Duration.ofSeconds((long) period * failures);
        }

        private static boolean isFalse(JsonNode node) {
            return node.isBoolean() && !node.asBoolean();
        }

        private void check(boolean holds, String otherwise) {
            if (!holds) {
                findings.add(Finding.of(where, otherwise));
            }
        }
    }
}
