package dev.fanfare.e2e.chaos;

import dev.fanfare.e2e.chaos.Fault.Loss;
import dev.fanfare.e2e.installation.Checkout;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// An installation that is made to suffer: some gateways and publishers on one topology.
final class Arena implements AutoCloseable {

    private static final int GATEWAYS = 3;
    private static final int PUBLISHERS = 2;
    private static final Duration PAUSED_AT_MOST = Duration.ofSeconds(5);
    private static final Duration AWAY_AT_MOST = Duration.ofSeconds(2);

    private final Topology topology;
    private final List<ServiceProcess> gateways = new ArrayList<>();
    private final List<ServiceProcess> publishers = new ArrayList<>();

    Arena(Topology topology) {
        this.topology = topology;
    }

    void start() {
        topology.start();
        Path logs = Checkout.target().resolve("e2e-logs/chaos-" + topology.name());
        for (int i = 0; i < GATEWAYS + PUBLISHERS; i++) {
            boolean isGateway = i < GATEWAYS;
            Service service = isGateway ? Service.GATEWAY : Service.PUBLISHER;
            Path log = logs.resolve(service.module() + "-" + i + ".log");
            (isGateway ? gateways : publishers).add(ServiceProcess.start(service, topology.hosts(i), settings(), log));
        }
        gateways.forEach(ServiceProcess::awaitReady);
        publishers.forEach(ServiceProcess::awaitReady);
    }

    /// All that is published in a round is kept, so that whatever is not delivered was lost on the way.
    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(topology.settings());
        settings.put("fanfare.channels.rules[0].pattern", "chaos.*.careful.*");
        settings.put("fanfare.channels.rules[0].history-size", "10000");
        settings.put("fanfare.channels.rules[0].replicas", Integer.toString(topology.replicas()));
        settings.put("fanfare.channels.rules[1].pattern", "chaos.*");
        settings.put("fanfare.channels.rules[1].history-size", "10000");
        return settings;
    }

    Topology topology() {
        return topology;
    }

    List<ServiceProcess> gateways() {
        return gateways;
    }

    List<ServiceProcess> publishers() {
        return publishers;
    }

    /// What can go wrong with the services.
    List<Fault> serviceFaults() {
        return List.of(
                killed("gateway-killed", gateways),
                paused("gateway-paused", gateways),
                killed("publisher-killed", publishers),
                paused("publisher-paused", publishers));
    }

    private static Fault killed(String name, List<ServiceProcess> services) {
        return new Fault(name, Loss.NONE, AWAY_AT_MOST, choice -> {
            ServiceProcess service = services.get(choice % services.size());
            service.kill();
            return service::start;
        });
    }

    private static Fault paused(String name, List<ServiceProcess> services) {
        return new Fault(name, Loss.NONE, PAUSED_AT_MOST, choice -> {
            ServiceProcess service = services.get(choice % services.size());
            service.pause();
            return service::resume;
        });
    }

    /// Waits until nothing is wrong any more.
    void awaitWhole() {
        topology.awaitWhole();
        gateways.forEach(ServiceProcess::awaitReady);
        publishers.forEach(ServiceProcess::awaitReady);
    }

    /// The end of each service's log.
    String logTails() {
        return List.of(gateways, publishers).stream()
                .flatMap(List::stream)
                .map(ServiceProcess::logTail)
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        gateways.forEach(ServiceProcess::kill);
        publishers.forEach(ServiceProcess::kill);
        topology.close();
    }
}
