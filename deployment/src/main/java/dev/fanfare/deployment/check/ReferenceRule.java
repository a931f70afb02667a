package dev.fanfare.deployment.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.deployment.manifest.KubeObject;
import dev.fanfare.deployment.manifest.Manifests;
import dev.fanfare.deployment.manifest.Selector;
import dev.fanfare.deployment.manifest.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whatever one object says of another is so: names, ports and selectors lead to something.
///
/// Not looked at are Secrets, which are not ours to make.
final class ReferenceRule implements Rule {

    @Override
    public String name() {
        return "references";
    }

    @Override
    public List<Finding> findings(Manifests manifests) {
        return new Look(manifests, new ArrayList<>()).all();
    }

    private record Look(Manifests manifests, List<Finding> findings) {

        List<Finding> all() {
            manifests.objects().stream()
                    .filter(object -> !object.kind().equals("Namespace"))
                    .forEach(object -> check(!object.namespace().isEmpty(), object, "is in no namespace"));
            manifests.workloads().forEach(this::workload);
            manifests.all("Service").forEach(this::service);
            manifests.all("PodDisruptionBudget").forEach(this::budget);
            Stream.concat(manifests.all("HorizontalPodAutoscaler"), manifests.all("ScaledObject"))
                    .forEach(this::scaled);
            manifests.all("Ingress").forEach(this::ingress);
            manifests.all("HTTPRoute").forEach(this::route);
            manifests.all("ServiceMonitor").forEach(this::monitor);
            manifests.all("RoleBinding").forEach(this::binding);
            manifests.all("NetworkPolicy").forEach(this::policy);
            return findings;
        }

        private void workload(Workload workload) {
            Set<String> volumes = names(workload.pod().path("volumes"));
            volumes.addAll(workload.object().at("/spec/volumeClaimTemplates").findValuesAsText("name"));
            for (JsonNode container : workload.containers()) {
                names(container.path("volumeMounts"))
                        .forEach(name -> check(volumes.contains(name), workload, "mounts no such volume: " + name));
                container.path("envFrom").forEach(from -> exists(workload, "ConfigMap", from.at("/configMapRef/name")));
            }
            workload.pod()
                    .path("volumes")
                    .forEach(volume -> exists(workload, "ConfigMap", volume.at("/configMap/name")));
            exists(workload, "ServiceAccount", workload.pod().path("serviceAccountName"));
            boolean selectsItself = new Selector(workload.object().at("/spec/selector")).fits(workload.podLabels());
            check(selectsItself, workload, "does not select its own pods");
            if (workload.object().kind().equals("Deployment")) {
                long budgets = manifests
                        .all("PodDisruptionBudget")
                        .filter(each -> new Selector(each.at("/spec/selector")).fits(workload.podLabels()))
                        .count();
                check(budgets == 1, workload, "has " + budgets + " PodDisruptionBudgets instead of one");
            }
        }

        private void service(KubeObject service) {
            List<Workload> selected = manifests.workloads().stream()
                    .filter(each -> each.podLabels()
                            .entrySet()
                            .containsAll(KubeObject.strings(service.at("/spec/selector"))
                                    .entrySet()))
                    .toList();
            check(selected.size() == 1, service, "selects " + selected + " instead of one workload");
            for (JsonNode port : service.at("/spec/ports")) {
                String target = port.path("targetPort").asText();
                selected.forEach(each -> check(each.port(target).isPresent(), service, "leads to no port " + target));
            }
        }

        private void budget(KubeObject budget) {
            long selected = manifests.workloads().stream()
                    .filter(each -> new Selector(budget.at("/spec/selector")).fits(each.podLabels()))
                    .count();
            check(selected == 1, budget, "selects " + selected + " workloads instead of one");
        }

        private void scaled(KubeObject scaler) {
            JsonNode target = scaler.at("/spec/scaleTargetRef");
            String kind = target.path("kind").asText("Deployment");
            exists(scaler, kind, target.path("name"));
            manifests
                    .find(kind, target.path("name").asText())
                    .ifPresent(object -> check(
                            object.at("/spec/replicas").isMissingNode(),
                            scaler,
                            "scales " + object + ", whose replicas each apply would set back"));
        }

        private void ingress(KubeObject ingress) {
            for (JsonNode backend : ingress.tree().findValues("backend")) {
                leadsTo(ingress, backend.at("/service/name").asText(), backend.at("/service/port"));
            }
        }

        private void route(KubeObject route) {
            for (JsonNode backends : route.tree().findValues("backendRefs")) {
                backends.forEach(backend -> leadsTo(route, backend.path("name").asText(), backend));
            }
        }

        /// Looks whether there is such a port.
        ///
        /// @param port has the `name` or the number of a port of the Service
        private void leadsTo(KubeObject from, String service, JsonNode port) {
            boolean exists = manifests
                    .find("Service", service)
                    .map(each -> each.at("/spec/ports"))
                    .filter(ports -> Stream.of(
                                    port.path("name").asText(),
                                    port.path("port").asText(),
                                    port.path("number").asText())
                            .anyMatch(text -> !text.isEmpty() && hasPort(ports, text)))
                    .isPresent();
            check(exists, from, "leads to no such port of Service " + service + ": " + port);
        }

        private static boolean hasPort(JsonNode ports, String nameOrNumber) {
            return ports.findValuesAsText("name").contains(nameOrNumber)
                    || ports.findValuesAsText("port").contains(nameOrNumber);
        }

        private void monitor(KubeObject monitor) {
            for (JsonNode endpoint : monitor.at("/spec/endpoints")) {
                List<KubeObject> selected = manifests
                        .all("Service")
                        .filter(each -> new Selector(monitor.at("/spec/selector")).fits(each.labels()))
                        .filter(each -> hasPort(
                                each.at("/spec/ports"), endpoint.path("port").asText()))
                        .toList();
                check(selected.size() == 3, monitor, "watches " + selected + " instead of the three services");
            }
        }

        private void binding(KubeObject binding) {
            exists(binding, binding.text("/roleRef/kind"), binding.at("/roleRef/name"));
            for (JsonNode subject : binding.at("/subjects")) {
                exists(binding, subject.path("kind").asText(), subject.path("name"));
                check(
                        subject.path("namespace").asText().equals(binding.namespace()),
                        binding,
                        "names a subject in namespace \""
                                + subject.path("namespace").asText() + "\"");
            }
        }

        private void policy(KubeObject policy) {
            boolean selects = manifests.workloads().stream()
                    .anyMatch(each -> new Selector(policy.at("/spec/podSelector")).fits(each.podLabels()));
            check(selects, policy, "selects no pods");
        }

        private void exists(Object from, String kind, JsonNode name) {
            if (!name.isMissingNode()) {
                check(manifests.find(kind, name.asText()).isPresent(), from, "names no such " + kind + ": " + name);
            }
        }

        private static Set<String> names(JsonNode array) {
            return Stream.iterate(0, i -> i < array.size(), i -> i + 1)
                    .map(i -> array.get(i).path("name").asText())
                    .collect(Collectors.toSet());
        }

        private void check(boolean holds, Object object, String otherwise) {
            if (!holds) {
                findings.add(Finding.of(object, otherwise));
            }
        }
    }
}
