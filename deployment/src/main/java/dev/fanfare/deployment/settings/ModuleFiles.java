package dev.fanfare.deployment.settings;

import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/// What is in a module, be it a folder of classes or a jar.
record ModuleFiles(Class<?> anchor) {

    /// Its configuration mappings: the annotated types in files named `*Config.class`.
    List<Class<?>> mappings() {
        return in(root -> {
            try (Stream<Path> files = Files.walk(root)) {
                return files.filter(file -> file.toString().endsWith("Config.class"))
                        .<Class<?>>map(file -> load(root.relativize(file)))
                        .filter(type -> type.isAnnotationPresent(ConfigMapping.class))
                        .toList();
            }
        });
    }

    /// Its `application.properties`.
    Properties application() {
        return in(root -> {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(root.resolve("application.properties"))) {
                properties.load(reader);
            }
            return properties;
        });
    }

    private Class<?> load(Path file) {
        String name = file.toString().replace('/', '.').replaceFirst("\\.class$", "");
        try {
            return Class.forName(name, false, anchor.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T in(Reading<T> reading) {
        try {
            Path source = Path.of(
                    anchor.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(source)) {
                return reading.from(source);
            }
            try (FileSystem jar = FileSystems.newFileSystem(source)) {
                return reading.from(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Reading<T> {
        T from(Path root) throws IOException;
    }
}
