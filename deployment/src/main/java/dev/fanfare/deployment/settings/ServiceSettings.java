package dev.fanfare.deployment.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.deployment.manifest.KubeObject;
import dev.fanfare.deployment.manifest.Manifests;
import dev.fanfare.deployment.manifest.Workload;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// What a container of the manifests tells a service: its environment, and the file of properties that
/// `QUARKUS_CONFIG_LOCATIONS` names and a ConfigMap holds.
///
/// What comes out of Secrets is not known; it counts as the text `from-secret`.
public final class ServiceSettings {

    private static final String LOCATIONS = "QUARKUS_CONFIG_LOCATIONS";
    private static final int ENVIRONMENT_ORDINAL = 300;
    private static final int FILE_ORDINAL = 260;
    private static final int APPLICATION_ORDINAL = 250;

    private final Deployable service;
    private final Map<String, String> environment;
    private final List<String> mounts;
    private final @Nullable String file;

    private ServiceSettings(
            Deployable service, Map<String, String> environment, List<String> mounts, @Nullable String file) {
        this.service = service;
        this.environment = environment;
        this.mounts = mounts;
        this.file = file;
    }

    /// Those of the container that is named like the service.
    public static ServiceSettings of(Deployable service, Workload workload, Manifests manifests) {
        JsonNode container = workload.container(service.id())
                .orElseThrow(() -> new IllegalArgumentException(workload + " has no container " + service.id()));
        Map<String, String> environment = environment(container, manifests);
        String location = environment.get(LOCATIONS);
        String file = location == null ? null : mounted(location, container, workload.pod(), manifests);
        List<String> mounts = container.path("volumeMounts").findValuesAsText("mountPath");
        return new ServiceSettings(service, environment, mounts, file);
    }

    /// As shipped, with nothing said.
    public static ServiceSettings none(Deployable service) {
        return new ServiceSettings(service, Map.of(), List.of(), null);
    }

    /// Environment variables that the service does not understand when it runs.
    public List<String> unknownVariables() {
        KnownProperties known = KnownProperties.of(service);
        return environment.keySet().stream().filter(name -> !known.knows(name)).toList();
    }

    /// Environment variables that name a path at which the container has nothing of its own.
    public List<String> unmountedPaths() {
        return environment.entrySet().stream()
                .filter(variable -> variable.getValue().startsWith("/"))
                .filter(variable -> mounts.stream()
                        .noneMatch(mount -> Path.of(variable.getValue()).startsWith(mount)))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /// Whether the file that is to be read is there.
    public boolean lacksFile() {
        return environment.containsKey(LOCATIONS) && file == null;
    }

    /// What the service will work with, if it can.
    public Loaded load() {
        try {
            return new Loaded.Usable(build());
        } catch (ConfigValidationException | IllegalArgumentException | NoSuchElementException e) {
            return new Loaded.Refused(String.valueOf(e.getMessage()));
        }
    }

    private SmallRyeConfig build() {
        var builder = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withSources(new EnvConfigSource(environment, ENVIRONMENT_ORDINAL))
                .withSources(new PropertiesConfigSource(
                        strings(new ModuleFiles(service.modules().getFirst()).application()),
                        service.id(),
                        APPLICATION_ORDINAL));
        if (file != null) {
            builder.withSources(new PropertiesConfigSource(strings(properties(file)), LOCATIONS, FILE_ORDINAL));
        }
        for (Class<?> module : service.modules()) {
            new ModuleFiles(module).mappings().forEach(builder::withMapping);
        }
        return builder.build();
    }

    private static Map<String, String> environment(JsonNode container, Manifests manifests) {
        Map<String, String> environment = new HashMap<>();
        container.path("envFrom").forEach(from -> {
            String name = from.at("/configMapRef/name").asText();
            manifests.find("ConfigMap", name).ifPresent(map -> environment.putAll(KubeObject.strings(map.at("/data"))));
        });
        container.path("env").forEach(variable -> {
            JsonNode value = variable.path("value");
            environment.put(variable.path("name").asText(), value.isMissingNode() ? "from-secret" : value.asText());
        });
        return environment;
    }

    /// What a ConfigMap puts at that path, or null.
    private static @Nullable String mounted(String path, JsonNode container, JsonNode pod, Manifests manifests) {
        List<String> found = new ArrayList<>();
        container.path("volumeMounts").forEach(mount -> {
            String folder = mount.path("mountPath").asText() + "/";
            if (path.startsWith(folder)) {
                pod.path("volumes").forEach(volume -> {
                    if (volume.path("name").equals(mount.path("name"))) {
                        manifests
                                .find("ConfigMap", volume.at("/configMap/name").asText())
                                .map(map -> map.at("/data").path(path.substring(folder.length())))
                                .filter(JsonNode::isTextual)
                                .ifPresent(text -> found.add(text.asText()));
                    }
                });
            }
        });
        return found.isEmpty() ? null : found.getFirst();
    }

    private static Properties properties(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private static Map<String, String> strings(Properties properties) {
        Map<String, String> strings = new HashMap<>();
        properties.forEach((key, value) -> strings.put(key.toString(), value.toString()));
        return strings;
    }
}
