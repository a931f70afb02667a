package dev.fanfare.deployment.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What is to be played, as the command line says.
///
/// @param scenarios all of them when none is named
/// @param out the folder of the pictures, or of no use when none is to be drawn
/// @param podStartSeconds from being asked for until a gateway is ready
record HpaOptions(
        Path manifests,
        List<Scenario> scenarios,
        long seed,
        Balancer balancer,
        int podStartSeconds,
        boolean hasDeletionCost,
        Path out) {

    static final int DEFAULT_POD_START_SECONDS = 10;
    private static final int MAX_POD_START_SECONDS = 600;

    static final String HELP = """
            Plays the gateways' autoscaler, as k8s/overlays/production says, over what clients do.

            ./dev simulate hpa [OPTIONS]

              --scenario NAME       one of those that --list names; all unless given
              --seed N              of chance, 1 unless given; the same seed plays the same
              --pod-start SECONDS   from being asked for until a gateway is ready, as a mean, 0 to 600; 10 unless given.
                                    A cluster that has to add a node first takes 60 to 180.
              --balancer NAME       chance (unless given), or least: the one of two with fewer connections, as Envoy does
              --deletion-cost       with the component pod-deletion-cost: a scale-down takes the emptiest gateway
              --out FOLDER          for the pictures; .run/simulate unless given
              --keda                scaled by KEDA (component keda) instead of Kubernetes' own autoscaler
              --list                the scenarios
              --help                this text
            """;

    /// Reads the command line.
    ///
    /// @throws IllegalArgumentException when something is not understood; says what and what to do
    static HpaOptions parse(List<String> arguments) {
        Path manifests = Path.of("production.yaml");
        List<Scenario> scenarios = new ArrayList<>();
        long seed = 1;
        Balancer balancer = Balancer.CHANCE;
        int podStart = DEFAULT_POD_START_SECONDS;
        boolean hasDeletionCost = false;
        Path out = Path.of(".run", "simulate");
        List<String> left = new ArrayList<>(arguments);
        while (!left.isEmpty()) {
            String option = left.removeFirst();
            switch (option) {
                case "--manifests" -> manifests = Path.of(value(option, left));
                case "--scenario" -> scenarios.add(scenario(value(option, left)));
                case "--seed" -> seed = number(option, value(option, left), Long.MAX_VALUE);
                case "--pod-start" -> podStart = (int) number(option, value(option, left), MAX_POD_START_SECONDS);
                case "--balancer" -> balancer = balancer(value(option, left));
                case "--deletion-cost" -> hasDeletionCost = true;
                case "--out" -> out = Path.of(value(option, left));
                default ->
                    throw new IllegalArgumentException(
                            "there is no option " + option + "; ./dev simulate hpa --help names them");
            }
        }
        List<Scenario> chosen = scenarios.isEmpty() ? List.of(Scenario.values()) : List.copyOf(scenarios);
        return new HpaOptions(manifests, chosen, seed, balancer, podStart, hasDeletionCost, out);
    }

    private static String value(String option, List<String> left) {
        if (left.isEmpty()) {
            throw new IllegalArgumentException(option + " takes a value");
        }
        return left.removeFirst();
    }

    private static Scenario scenario(String name) {
        return Scenario.of(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no scenario " + name + "; ./dev simulate hpa --list names them"));
    }

    private static Balancer balancer(String name) {
        return Balancer.of(name)
                .orElseThrow(() -> new IllegalArgumentException("--balancer takes chance or least, not " + name));
    }

    private static long number(String option, String text, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " takes a whole number, not " + text, e);
        }
        throw new IllegalArgumentException(option + " takes 0 to " + most + ", not " + text);
    }
}
