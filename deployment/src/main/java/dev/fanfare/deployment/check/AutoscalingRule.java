package dev.fanfare.deployment.check;

import dev.fanfare.deployment.autoscale.AutoscalerSpec;
import dev.fanfare.deployment.autoscale.GatewayMetrics;
import dev.fanfare.deployment.autoscale.MetricTarget;
import dev.fanfare.deployment.autoscale.ScalingRules;
import dev.fanfare.deployment.autoscale.SpecReader;
import dev.fanfare.deployment.manifest.KubeObject;
import dev.fanfare.deployment.manifest.Manifests;
import dev.fanfare.deployment.manifest.Workload;
import dev.fanfare.deployment.settings.Deployable;
import dev.fanfare.deployment.settings.ServiceSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Gateways are scaled by connections, with half of them to spare, and not faster down than they can send clients
/// away.
final class AutoscalingRule implements Rule {

    /// Of the connections that a gateway takes: the rest is for those of the others, if they fail.
    private static final double LARGEST_SHARE = 0.5;

    @Override
    public String name() {
        return "autoscaling";
    }

    @Override
    public List<Finding> findings(Manifests manifests) {
        List<Finding> findings = new ArrayList<>();
        List<KubeObject> ofGateway = Stream.concat(
                        manifests.all("HorizontalPodAutoscaler"), manifests.all("ScaledObject"))
                .filter(each -> SpecReader.read(each).target().equals(Deployable.GATEWAY.id()))
                .toList();
        if (ofGateway.size() > 1) {
            findings.add(
                    Finding.of(ofGateway.getFirst(), "pulls at the gateways together with " + ofGateway.getLast()));
        }
        for (KubeObject scaler : ofGateway) {
            manifests
                    .workload(Deployable.GATEWAY.id())
                    .ifPresent(workload -> check(scaler, workload, manifests, findings));
        }
        return findings;
    }

    private static void check(KubeObject scaler, Workload workload, Manifests manifests, List<Finding> findings) {
        AutoscalerSpec spec = SpecReader.read(scaler);
        ServiceSettings.of(Deployable.GATEWAY, workload, manifests)
                .load()
                .config()
                .map(config -> config.getValue("fanfare.gateway.handshake.max-connections", Integer.class))
                .ifPresent(most -> room(scaler, spec, most, findings));
        pace(scaler, spec, LifetimeRule.grace(workload), findings);
    }

    private static void room(KubeObject scaler, AutoscalerSpec spec, int most, List<Finding> findings) {
        boolean leavesRoom = spec.metrics().stream()
                .anyMatch(metric -> metric instanceof MetricTarget.PerPod(String name, double mean)
                        && name.equals(GatewayMetrics.CONNECTIONS)
                        && mean <= LARGEST_SHARE * most);
        if (!leavesRoom) {
            findings.add(
                    Finding.of(scaler, "does not aim at half of the " + most + " connections that a gateway takes"));
        }
    }

    private static void pace(KubeObject scaler, AutoscalerSpec spec, Duration grace, List<Finding> findings) {
        if (spec.down().stabilization().compareTo(grace) < 0) {
            findings.add(Finding.of(
                    scaler,
                    "may take away again what is not gone yet: scaleDown is stable for less than " + grace.toSeconds()
                            + " s"));
        }
        for (ScalingRules.Policy policy : spec.down().policies()) {
            if (policy.period().compareTo(grace) < 0) {
                findings.add(Finding.of(
                        scaler,
                        "takes the next one away before one has drained: a period of "
                                + policy.period().toSeconds() + " s"));
            }
        }
    }
}
