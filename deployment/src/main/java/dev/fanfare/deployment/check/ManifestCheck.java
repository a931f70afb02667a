package dev.fanfare.deployment.check;

import dev.fanfare.deployment.autoscale.AutoscalerSpec;
import dev.fanfare.deployment.autoscale.SpecReader;
import dev.fanfare.deployment.manifest.Manifests;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Checks renderings of the manifests: `ManifestCheck FOLDER [SCHEMAS]`, where FOLDER has one file of YAML per
/// rendering and SCHEMAS is the folder that `SchemaRule` reads.
///
/// Prints what is wrong, and in the end `N passed, N failed`: each rule counts once for each rendering.
public final class ManifestCheck {

    private final List<Rule> rules;
    private final PrintStream out;
    private int passed;
    private int failed;

    ManifestCheck(List<Rule> rules, PrintStream out) {
        this.rules = rules;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        List<Rule> rules = new ArrayList<>(Rule.all());
        if (arguments.length > 1) {
            rules.add(new SchemaRule(Path.of(arguments[1])));
        }
        boolean isGood = new ManifestCheck(rules, System.out).isGood(renderings(Path.of(arguments[0])));
        if (!isGood) {
            System.exit(1);
        }
    }

    private static Map<String, Manifests> renderings(Path folder) throws IOException {
        Map<String, Manifests> renderings = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                renderings.put(file.getFileName().toString().replace(".yaml", ""), Manifests.read(file));
            }
        }
        return renderings;
    }

    /// Whether all rules hold for all renderings, of which there is at least one.
    boolean isGood(Map<String, Manifests> renderings) {
        renderings.forEach(
                (name, manifests) -> rules.forEach(rule -> tell(name, rule.name(), rule.findings(manifests))));
        tell("all", "autoscalers", differing(renderings.values().stream().toList()));
        out.printf("%d passed, %d failed%n", passed, failed);
        return failed == 0 && !renderings.isEmpty();
    }

    private void tell(String rendering, String rule, List<Finding> findings) {
        if (findings.isEmpty()) {
            passed++;
        } else {
            failed++;
            findings.forEach(finding -> out.printf("   %s, %s: %s%n", rendering, rule, finding));
        }
    }

    /// Whoever scales a workload, Kubernetes itself or KEDA, is told the same.
    private static List<Finding> differing(List<Manifests> renderings) {
        Map<String, Set<AutoscalerSpec>> specs = new TreeMap<>();
        renderings.stream()
                .flatMap(each -> Stream.concat(each.all("HorizontalPodAutoscaler"), each.all("ScaledObject")))
                .map(SpecReader::read)
                .forEach(spec -> specs.computeIfAbsent(spec.target(), _ -> new HashSet<>())
                        .add(spec));
        return specs.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> new Finding(entry.getKey(), "is scaled by different numbers: " + entry.getValue()))
                .toList();
    }
}
