package dev.fanfare.deployment.simulate;

import dev.fanfare.deployment.autoscale.Autoscaler;
import dev.fanfare.deployment.autoscale.AutoscalerSpec;
import dev.fanfare.deployment.autoscale.GatewayMetrics;
import dev.fanfare.deployment.autoscale.MetricTarget;
import dev.fanfare.deployment.autoscale.PodReading;
import dev.fanfare.deployment.simulate.Arrivals.Group;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// One scenario, played from its beginning to its end; the same seed plays the same.
///
/// Clients are counted, not kept one by one. Whoever is refused comes again within the time that a gateway tells at
/// most. It begins with as many gateways as the clients at that time need, each with its share.
final class Simulation {

    private static final int SYNC_SECONDS = 15;

    /// The endpoints of a Service are known to balancers so much later.
    private static final int ENDPOINT_LAG_SECONDS = 2;

    /// Clients whose connection broke come back within so much: the SDK's first waits, with jitter.
    private static final int BACK_OFF_SECONDS = 5;

    private final Scenario scenario;
    private final Setup setup;
    private final AutoscalerSpec spec;
    private final GatewaySettings settings;
    private final RandomGenerator random;
    private final Autoscaler autoscaler;
    private final Arrivals arrivals;
    private final List<Gateway> gateways = new ArrayList<>();
    private final Waits waits = new Waits();
    private final Timeline timeline = new Timeline();
    private int asked;
    private int blindSince = -1;
    private int created;
    private int refused;
    private int moved;

    Simulation(Scenario scenario, Setup setup, RandomGenerator random) {
        this.scenario = scenario;
        this.setup = setup;
        this.spec = setup.spec();
        this.settings = setup.gateway();
        this.random = random;
        this.autoscaler = new Autoscaler(spec);
        this.arrivals = new Arrivals(random);
    }

    Played play() {
        begin();
        for (int now = 0; now < scenario.seconds(); now++) {
            refused = 0;
            moved = 0;
            strike(now);
            replace(now);
            comeAndGo(now);
            move(now);
            letIn(now);
            int second = now;
            gateways.forEach(each -> each.work(scenario.messagesPerClient(second), second));
            gateways.removeIf(each -> each.isGone(second));
            if (now % SYNC_SECONDS == 0) {
                asked = autoscaler.decide(Duration.ofSeconds(now), asked, readings(now));
            }
            note(now);
        }
        return new Played(scenario, timeline, waits);
    }

    private void begin() {
        int clients = (int) scenario.clients(0);
        asked = ideal(clients);
        for (int i = 0; i < asked; i++) {
            Gateway gateway = new Gateway(settings, created++, -settings.warmUpSeconds(), random.nextInt(SYNC_SECONDS));
            gateway.settle(clients / asked);
            gateways.add(gateway);
        }
    }

    private int ideal(double clients) {
        double share = spec.metrics().stream()
                .filter(metric -> isConnections(metric))
                .mapToDouble(MetricTarget::mean)
                .findFirst()
                .orElse(settings.maxConnections());
        return Math.clamp((int) Math.ceil(clients / share), spec.minReplicas(), spec.maxReplicas());
    }

    /// What breaks connections from outside.
    private void strike(int now) {
        int dying = (int) Math.round(gateways.size() * scenario.dying(now));
        for (int i = 0; i < dying; i++) {
            broke(gateways.removeFirst().lose(Integer.MAX_VALUE), now);
        }
        if (scenario.breaksAll(now)) {
            gateways.forEach(each -> broke(each.lose(Integer.MAX_VALUE), now));
        }
    }

    private void broke(int clients, int now) {
        arrivals.add(new Group(now, true), clients, now, BACK_OFF_SECONDS);
    }

    /// As many as are asked for: what a ReplicaSet does.
    private void replace(int now) {
        List<Gateway> staying = new ArrayList<>(
                gateways.stream().filter(each -> !each.isLeaving()).toList());
        for (int i = staying.size(); i < asked; i++) {
            int start = setup.podStartSeconds() / 2 + random.nextInt(setup.podStartSeconds() + 1);
            gateways.add(new Gateway(settings, created++, now + start, random.nextInt(SYNC_SECONDS)));
        }
        staying.sort(firstToGo(now));
        staying.stream().limit(Math.max(0, staying.size() - asked)).forEach(each -> each.leave(now));
    }

    /// Whom a ReplicaSet takes away first: those that are not there yet, then the cheapest, then the youngest.
    static Comparator<Gateway> firstToGo(int now) {
        return Comparator.<Gateway, Boolean>comparing(each -> !each.isPending(now))
                .thenComparingInt(Gateway::cost)
                .thenComparingInt(each -> -each.number());
    }

    private void comeAndGo(int now) {
        int wanted = (int) Math.round(scenario.clients(now));
        int here = connected() + arrivals.waiting();
        if (wanted > here) {
            arrivals.add(new Group(now, false), wanted - here, now, 0);
            return;
        }
        int going = here - wanted;
        int impatient = Math.min(going, arrivals.waiting());
        arrivals.giveUp(impatient);
        int connected = connected();
        for (Gateway gateway : gateways) {
            if (connected > 0) {
                gateway.lose((int) Math.round((double) (going - impatient) * gateway.connections() / connected));
            }
        }
    }

    private int connected() {
        return gateways.stream().mapToInt(Gateway::connections).sum();
    }

    private void move(int now) {
        double mean = gateways.stream()
                .filter(each -> each.isReady(now) && each.hasWarmedUp(now))
                .mapToInt(Gateway::connections)
                .average()
                .orElse(0);
        for (Gateway gateway : gateways) {
            int going = gateway.shed(mean, now) + gateway.drain(now);
            moved += going;
            arrivals.add(new Group(now, true), going, now, 1);
        }
    }

    private void letIn(int now) {
        List<Gateway> endpoints = gateways.stream()
                .filter(each ->
                        each.isReady(now - ENDPOINT_LAG_SECONDS) || (each.isReady(now) && now < ENDPOINT_LAG_SECONDS))
                .toList();
        for (Group group : arrivals.due(now)) {
            if (endpoints.isEmpty()) {
                refuse(group, now, 1 + random.nextInt(settings.maxRetryAfterSeconds()));
                continue;
            }
            Gateway gateway = setup.balancer().choose(endpoints, random);
            Gateway.Refusal refusal = gateway.admit(group.isResume(), now);
            if (refusal == null) {
                waits.add(now - group.since());
            } else {
                refuse(group, now, gateway.retryAfter(refusal, now, random));
            }
        }
    }

    private void refuse(Group group, int now, int seconds) {
        refused++;
        arrivals.add(group, 1, now + seconds, 0);
    }

    private Map<MetricTarget, List<PodReading>> readings(int now) {
        Map<MetricTarget, List<PodReading>> readings = new HashMap<>();
        for (MetricTarget target : spec.metrics()) {
            switch (target) {
                case MetricTarget.Cpu _ -> readings.put(target, readings(Gateway::seenCpuPercent, true, now));
                case MetricTarget.PerPod own -> readings.put(target, own(own, now));
            }
        }
        return readings;
    }

    /// Of a metric of our own, which somebody has to fetch.
    private List<PodReading> own(MetricTarget.PerPod target, int now) {
        if (!scenario.isBlind(now)) {
            blindSince = -1;
            return readings(seen(target), false, now);
        }
        blindSince = blindSince < 0 ? now : blindSince;
        Duration away = Duration.ofSeconds(now - blindSince);
        return setup.fallback()
                .filter(fallback -> away.compareTo(fallback.after()) >= 0)
                .map(fallback -> fallback.readings(target, asked))
                .orElse(List.of());
    }

    private static Function<Gateway, OptionalDouble> seen(MetricTarget.PerPod metric) {
        return switch (metric.metric()) {
            case GatewayMetrics.CONNECTIONS -> Gateway::seenConnections;
            case GatewayMetrics.SENT_BYTES -> Gateway::seenSentBytes;
            default -> throw new IllegalArgumentException("nothing is known of " + metric.metric());
        };
    }

    /// What is known of each pod that stays.
    ///
    /// @param isCpu whether pods without a figure are taken for unready ones, as Kubernetes does for processor time
    private List<PodReading> readings(Function<Gateway, OptionalDouble> seen, boolean isCpu, int now) {
        return gateways.stream()
                .filter(each -> !each.isLeaving())
                .map(each -> new PodReading(
                        each.isPending(now) || (isCpu && seen.apply(each).isEmpty()), seen.apply(each)))
                .toList();
    }

    private static boolean isConnections(MetricTarget metric) {
        return metric instanceof MetricTarget.PerPod(String name, double _) && name.equals(GatewayMetrics.CONNECTIONS);
    }

    private void note(int now) {
        int wanted = (int) Math.round(scenario.clients(now));
        timeline.seconds()
                .add(new Timeline.Second(
                        wanted,
                        connected(),
                        (int) gateways.stream()
                                .filter(each -> each.isReady(now))
                                .count(),
                        asked,
                        ideal(wanted),
                        gateways.stream().mapToInt(Gateway::connections).max().orElse(0),
                        refused,
                        moved,
                        gateways.stream().mapToDouble(Gateway::cpu).max().orElse(0),
                        gateways.stream().mapToDouble(Gateway::lagSeconds).max().orElse(0)));
    }
}
