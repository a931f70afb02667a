package dev.fanfare.e2e.chaos;

import dev.fanfare.e2e.chaos.Fault.Loss;
import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import dev.fanfare.testkit.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// An installation that is made to suffer: some gateways and publishers on one topology.
final class Arena implements AutoCloseable {

    private static final int GATEWAYS = 3;
    private static final int PUBLISHERS = 2;
    private static final Duration PAUSED_AT_MOST = Duration.ofSeconds(5);
    private static final Duration AWAY_AT_MOST = Duration.ofSeconds(2);

    private final Topology topology;
    private final Fanfare fanfare;

    Arena(Topology topology) {
        this.topology = topology;
        this.fanfare = installationOn(topology);
    }

    /// All that is published in a round is kept, so that whatever is not delivered was lost on the way.
    private static Fanfare installationOn(Topology topology) {
        var builder = Fanfare.of()
                .on(topology.redis())
                .gateways(GATEWAYS)
                .publishers(PUBLISHERS)
                .quickToStart();
        for (Service service : List.of(Service.GATEWAY, Service.PUBLISHER)) {
            builder.setting(service, "fanfare.channels.rules[0].pattern", "chaos.*.careful.*")
                    .setting(service, "fanfare.channels.rules[0].history-size", "10000")
                    .setting(service, "fanfare.channels.rules[0].replicas", Integer.toString(topology.replicas()))
                    .setting(service, "fanfare.channels.rules[1].pattern", "chaos.*")
                    .setting(service, "fanfare.channels.rules[1].history-size", "10000");
            if (topology.isLinked()) {
                builder.linked(service);
            }
        }
        return builder.build();
    }

    void start() {
        fanfare.start("chaos-" + topology.name());
    }

    Topology topology() {
        return topology;
    }

    List<ServiceProcess> gateways() {
        return fanfare.all(Service.GATEWAY);
    }

    List<ServiceProcess> publishers() {
        return fanfare.all(Service.PUBLISHER);
    }

    private Stream<ServiceProcess> services() {
        return Stream.concat(gateways().stream(), publishers().stream());
    }

    private List<TcpProxy> links() {
        return services().map(service -> fanfare.link(service).proxy()).toList();
    }

    /// What can go wrong with Redis and the way there.
    List<Fault> redisFaults(List<String> channels) {
        List<Fault> faults = new ArrayList<>(topology.faults(channels));
        if (topology.isLinked()) {
            faults.addAll(new LinkFaults(this::links, Loss.NONE).all());
        }
        return faults;
    }

    /// What can go wrong with the services.
    List<Fault> serviceFaults() {
        return List.of(
                killed("gateway-killed", gateways()),
                paused("gateway-paused", gateways()),
                killed("publisher-killed", publishers()),
                paused("publisher-paused", publishers()));
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
        services().forEach(ServiceProcess::awaitReady);
    }

    /// The end of each service's log.
    String logTails() {
        return fanfare.logTails();
    }

    @Override
    public void close() {
        fanfare.close();
    }
}
