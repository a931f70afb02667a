package dev.fanfare.deployment.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.deployment.manifest.KubeObject;
import dev.fanfare.deployment.manifest.Manifests;
import dev.fanfare.deployment.manifest.Selector;
import dev.fanfare.deployment.manifest.Workload;
import dev.fanfare.deployment.settings.Deployable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The services talk to each other only through Redis: no policy, of either side, lets one reach another.
///
/// A policy that allows addresses (`ipBlock`) counts as allowing every pod, since nobody knows the addresses of
/// pods; so it may not name a port that one of ours listens to.
final class NetworkRule implements Rule {

    private static final String REDIS = "redis";
    private static final int REDIS_PORT = 6379;
    private static final int DNS_PORT = 53;

    @Override
    public String name() {
        return "network";
    }

    @Override
    public List<Finding> findings(Manifests manifests) {
        List<Finding> findings = new ArrayList<>();
        for (Workload workload : manifests.workloads()) {
            List<String> types = manifests
                    .all("NetworkPolicy")
                    .filter(policy -> selects(policy, workload))
                    .flatMap(policy -> texts(policy.at("/spec/policyTypes")).stream())
                    .toList();
            if (!types.containsAll(List.of("Ingress", "Egress"))) {
                findings.add(Finding.of(workload, "is open: no policy denies what no other allows"));
            }
        }
        for (Deployable from : Deployable.values()) {
            manifests.workload(from.id()).ifPresent(workload -> service(workload, manifests, findings));
        }
        return findings;
    }

    private static void service(Workload from, Manifests manifests, List<Finding> findings) {
        for (Deployable other : Deployable.values()) {
            manifests.workload(other.id()).ifPresent(to -> {
                if (isLetOut(from, to, manifests)) {
                    findings.add(Finding.of(from, "may reach " + to + ", past Redis"));
                }
                if (isLetIn(from, to, manifests)) {
                    findings.add(Finding.of(to, "may be reached by " + from + ", past Redis"));
                }
            });
        }
        if (!reachesPort(from, DNS_PORT, manifests)) {
            findings.add(Finding.of(from, "cannot ask for names (port 53)"));
        }
        boolean reachesRedis = manifests
                .workload(REDIS)
                .map(redis -> isLetOut(from, redis, manifests) && isLetIn(from, redis, manifests))
                .orElseGet(() -> reachesPort(from, REDIS_PORT, manifests));
        if (!reachesRedis) {
            findings.add(Finding.of(from, "cannot reach Redis"));
        }
    }

    private static boolean isLetOut(Workload from, Workload to, Manifests manifests) {
        return manifests
                .all("NetworkPolicy")
                .filter(policy -> selects(policy, from))
                .flatMap(policy -> elements(policy.at("/spec/egress")).stream())
                .anyMatch(rule -> hasPort(rule, to) && hasPeer(rule.path("to"), to, manifests));
    }

    private static boolean isLetIn(Workload from, Workload to, Manifests manifests) {
        return manifests
                .all("NetworkPolicy")
                .filter(policy -> selects(policy, to))
                .flatMap(policy -> elements(policy.at("/spec/ingress")).stream())
                .anyMatch(rule -> hasPeer(rule.path("from"), from, manifests));
    }

    private static boolean reachesPort(Workload from, int port, Manifests manifests) {
        return manifests
                .all("NetworkPolicy")
                .filter(policy -> selects(policy, from))
                .flatMap(policy -> elements(policy.at("/spec/egress")).stream())
                .flatMap(rule -> elements(rule.path("ports")).stream())
                .anyMatch(each -> each.path("port").asInt() == port);
    }

    private static boolean hasPort(JsonNode rule, Workload to) {
        List<JsonNode> ports = elements(rule.path("ports"));
        return ports.isEmpty()
                || ports.stream()
                        .anyMatch(port -> to.port(port.path("port").asText()).isPresent());
    }

    /// Whether the workload's pods are among those; no peers at all are everybody.
    private static boolean hasPeer(JsonNode peers, Workload workload, Manifests manifests) {
        return peers.isEmpty() || elements(peers).stream().anyMatch(peer -> isPeer(peer, workload, manifests));
    }

    private static boolean isPeer(JsonNode peer, Workload workload, Manifests manifests) {
        if (peer.has("ipBlock")) {
            return true;
        }
        boolean isInNamespace = !peer.has("namespaceSelector")
                || new Selector(peer.path("namespaceSelector"))
                        .fits(namespaceLabels(workload.object().namespace(), manifests));
        return isInNamespace
                && (!peer.has("podSelector") || new Selector(peer.path("podSelector")).fits(workload.podLabels()));
    }

    private static Map<String, String> namespaceLabels(String name, Manifests manifests) {
        Map<String, String> labels = new TreeMap<>();
        manifests.find("Namespace", name).map(KubeObject::labels).ifPresent(labels::putAll);
        labels.put("kubernetes.io/metadata.name", name);
        return labels;
    }

    private static boolean selects(KubeObject policy, Workload workload) {
        return new Selector(policy.at("/spec/podSelector")).fits(workload.podLabels());
    }

    private static List<String> texts(JsonNode array) {
        return elements(array).stream().map(JsonNode::asText).toList();
    }

    private static List<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements;
    }
}
