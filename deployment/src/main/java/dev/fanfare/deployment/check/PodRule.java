package dev.fanfare.deployment.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.deployment.manifest.Manifests;
import dev.fanfare.deployment.manifest.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/// Each pod runs as nobody, keeps the secrets of the cluster out, and ours are spread and have a budget for
/// disruptions.
final class PodRule implements Rule {

    @Override
    public String name() {
        return "pods";
    }

    @Override
    public List<Finding> findings(Manifests manifests) {
        List<Finding> findings = new ArrayList<>();
        for (Workload workload : manifests.workloads()) {
            JsonNode pod = workload.pod();
            check(pod.at("/securityContext/runAsNonRoot").asBoolean(), workload, "may run as root", findings);
            check(
                    pod.at("/securityContext/seccompProfile/type").asText().equals("RuntimeDefault"),
                    workload,
                    "has no seccomp profile RuntimeDefault",
                    findings);
            check(
                    isFalse(pod.path("enableServiceLinks")),
                    workload,
                    "gets variables for every Service (enableServiceLinks), which could be taken for configuration",
                    findings);
            token(workload, manifests, findings);
            if (workload.object().kind().equals("Deployment")) {
                spread(workload, findings);
            }
        }
        return findings;
    }

    private static void token(Workload workload, Manifests manifests, List<Finding> findings) {
        boolean hasToken = !isFalse(workload.pod().path("automountServiceAccountToken"));
        boolean needsToken = manifests
                .all("RoleBinding")
                .flatMap(binding -> StreamSupport.stream(binding.at("/subjects").spliterator(), false))
                .anyMatch(subject -> subject.path("name").asText().equals(serviceAccount(workload)));
        check(needsToken || !hasToken, workload, "has a token for the Kubernetes API and no role", findings);
        check(!needsToken || hasToken, workload, "has a role and no token for the Kubernetes API", findings);
    }

    private static void spread(Workload workload, List<Finding> findings) {
        List<String> over = workload.pod().path("topologySpreadConstraints").findValuesAsText("topologyKey");
        check(
                over.containsAll(List.of("topology.kubernetes.io/zone", "kubernetes.io/hostname")),
                workload,
                "is not spread over zones and nodes",
                findings);
        check(!serviceAccount(workload).isEmpty(), workload, "has no service account of its own", findings);
    }

    private static String serviceAccount(Workload workload) {
        return workload.pod().path("serviceAccountName").asText();
    }

    private static boolean isFalse(JsonNode node) {
        return node.isBoolean() && !node.asBoolean();
    }

    private static void check(boolean holds, Workload workload, String otherwise, List<Finding> findings) {
        if (!holds) {
            findings.add(Finding.of(workload, otherwise));
        }
    }
}
