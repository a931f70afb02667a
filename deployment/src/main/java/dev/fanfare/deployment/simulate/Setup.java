package dev.fanfare.deployment.simulate;

import dev.fanfare.deployment.autoscale.AutoscalerSpec;
import dev.fanfare.deployment.autoscale.Fallback;
import dev.fanfare.deployment.autoscale.SpecReader;
import dev.fanfare.deployment.manifest.KubeObject;
import dev.fanfare.deployment.manifest.Manifests;
import dev.fanfare.deployment.settings.Deployable;
import java.util.Optional;
import java.util.stream.Stream;

/// The installation in which scenarios are played.
///
/// @param podStartSeconds from being asked for until a gateway is ready, as a mean: placing, pulling, starting
record Setup(
        AutoscalerSpec spec,
        Optional<Fallback> fallback,
        GatewaySettings gateway,
        Balancer balancer,
        int podStartSeconds) {

    /// As manifests say, and with what they do not say.
    static Setup of(Manifests manifests, HpaOptions options) {
        KubeObject scaler = Stream.concat(manifests.all("HorizontalPodAutoscaler"), manifests.all("ScaledObject"))
                .filter(each -> SpecReader.read(each).target().equals(Deployable.GATEWAY.id()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing scales gateway-service in the manifests"));
        return new Setup(
                SpecReader.read(scaler),
                Fallback.read(scaler),
                GatewaySettings.of(manifests, options.hasDeletionCost()),
                options.balancer(),
                options.podStartSeconds());
    }
}
