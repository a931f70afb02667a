package dev.fanfare.deployment.simulate;

import dev.fanfare.deployment.manifest.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/// Plays scenarios with the autoscaler of rendered manifests, and shows what became of them: see `HpaOptions`.
public final class SimulateHpa {

    private SimulateHpa() {}

    public static void main(String[] arguments) throws IOException {
        List<String> given = List.of(arguments);
        if (given.contains("--help")) {
            System.out.print(HpaOptions.HELP);
        } else if (given.contains("--list")) {
            for (Scenario scenario : Scenario.values()) {
                System.out.printf("%-10s %s%n", scenario.id(), scenario.story());
            }
        } else {
            try {
                show(HpaOptions.parse(given));
            } catch (IllegalArgumentException e) {
                System.err.println("dev: " + e.getMessage());
                System.exit(1);
            }
        }
    }

    private static void show(HpaOptions options) throws IOException {
        Manifests manifests = Manifests.read(options.manifests());
        Setup setup = Setup.of(manifests, options);
        Files.createDirectories(options.out());
        for (Scenario scenario : options.scenarios()) {
            Played played = new Simulation(scenario, setup, new SplittableRandom(options.seed())).play();
            Path picture = options.out().resolve("hpa-" + scenario.id() + ".svg");
            Files.writeString(picture, new SvgPlot(played).draw());
            System.out.printf("%n── %s: %s%n%n", scenario.id(), scenario.story());
            System.out.print(new TextPlot(played.timeline()));
            System.out.printf("%n%s%-25s %s%n", played.figures(), "picture", picture);
        }
    }
}
