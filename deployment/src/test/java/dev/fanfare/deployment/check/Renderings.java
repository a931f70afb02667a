package dev.fanfare.deployment.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Renders our manifests, with `kubectl`.
final class Renderings {

    /// The folder of the manifests, seen from a folder below `target`.
    private static final String K8S = "../../../k8s";

    private Renderings() {}

    /// What `kubectl kustomize` prints for an overlay with some components.
    static String render(String overlay, String... components) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of("target", "rendered"));
        Files.writeString(folder.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [%s/overlays/%s]
                components: [%s]
                """.formatted(
                        K8S,
                        overlay,
                        List.of(components).stream()
                                .map(each -> K8S + "/components/" + each)
                                .collect(Collectors.joining(", "))));
        Process kubectl = new ProcessBuilder("kubectl", "kustomize", folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String yaml = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (kubectl.waitFor() != 0) {
            throw new IllegalStateException("kubectl could not render " + overlay);
        }
        return yaml;
    }
}
