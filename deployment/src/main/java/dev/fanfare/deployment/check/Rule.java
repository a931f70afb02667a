package dev.fanfare.deployment.check;

import dev.fanfare.deployment.manifest.Manifests;
import java.util.List;

/// Something that must hold in a rendering.
interface Rule {

    /// What it is about, in a word or two.
    String name();

    /// Where it does not hold; empty when all is well.
    List<Finding> findings(Manifests manifests);

    /// All that need nothing but the rendering.
    static List<Rule> all() {
        return List.of(
                new ContainerRule(),
                new PodRule(),
                new SettingsRule(),
                new LifetimeRule(),
                new ReferenceRule(),
                new NetworkRule(),
                new AutoscalingRule());
    }
}
