package dev.fanfare.deployment.check;

import dev.fanfare.deployment.manifest.Manifests;
import dev.fanfare.deployment.settings.Deployable;
import dev.fanfare.deployment.settings.Loaded;
import dev.fanfare.deployment.settings.ServiceSettings;
import java.util.ArrayList;
import java.util.List;

/// What the manifests tell a service is something that it knows, and would start with.
final class SettingsRule implements Rule {

    @Override
    public String name() {
        return "settings";
    }

    @Override
    public List<Finding> findings(Manifests manifests) {
        List<Finding> findings = new ArrayList<>();
        for (Deployable service : Deployable.values()) {
            manifests.workload(service.id()).ifPresent(workload -> {
                ServiceSettings settings = ServiceSettings.of(service, workload, manifests);
                settings.unknownVariables()
                        .forEach(variable -> findings.add(Finding.of(
                                workload, "sets " + variable + ", which the service does not know when it runs")));
                settings.unmountedPaths()
                        .forEach(variable -> findings.add(
                                Finding.of(workload, "names a path in " + variable + " where no volume is mounted")));
                if (settings.lacksFile()) {
                    findings.add(Finding.of(workload, "names a file of properties that no ConfigMap puts there"));
                }
                if (settings.load() instanceof Loaded.Refused(String why)) {
                    findings.add(Finding.of(workload, "would not start: " + why));
                }
            });
        }
        return findings;
    }
}
