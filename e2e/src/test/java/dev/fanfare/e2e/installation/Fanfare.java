package dev.fanfare.e2e.installation;

import dev.fanfare.testkit.RedisServer;
import dev.fanfare.testkit.WebSocketProbe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/// A running installation: a Redis of its own and any number of instances of each service.
///
/// As a JUnit extension it lives as long as its test class, and a failing test shows the end of each
/// log:
///
/// ```java
/// @RegisterExtension
/// static final Fanfare FANFARE = Fanfare.of().gateways(2).publishers(1).build();
/// ```
public final class Fanfare
        implements BeforeAllCallback, AfterAllCallback, TestExecutionExceptionHandler, AutoCloseable {

    /// What strangers may do, unless a test says otherwise.
    private static final String EVERYTHING = "{\"*\":[\"subscribe\",\"publish\",\"presence\",\"history\"]}";

    private final Map<Service, Integer> instances;
    private final Map<Service, Map<String, String>> settings;
    private final List<String> jvmOptions;
    private final RedisTopology redis;
    private final List<ServiceProcess> processes = new ArrayList<>();
    private final Set<Service> linked;
    private final Map<ServiceProcess, RedisLink> links = new HashMap<>();
    private Path logs = Checkout.target();

    private Fanfare(Builder builder) {
        this.instances = Map.copyOf(builder.instances);
        this.settings = Map.copyOf(builder.settings);
        this.jvmOptions = List.copyOf(builder.jvmOptions);
        this.linked = Set.copyOf(builder.linked);
        this.redis = builder.redis;
    }

    /// An installation without any service yet.
    public static Builder of() {
        return new Builder();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start(context.getRequiredTestClass().getSimpleName());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        failure.addSuppressed(new Logs(logTails()));
        throw failure;
    }

    /// Starts everything and waits until it is ready.
    ///
    /// @param name of the folder below `target/e2e-logs` that gets the logs
    public Fanfare start(String name) {
        redis.start();
        try {
            logs = Checkout.target().resolve("e2e-logs").resolve(name);
            instances.forEach((service, count) -> {
                for (int i = 0; i < count; i++) {
                    startOne(service);
                }
            });
            processes.forEach(ServiceProcess::awaitReady);
            return this;
        } catch (RuntimeException | Error e) {
            // JUnit does not call afterAll of an extension whose beforeAll failed.
            close();
            throw e;
        }
    }

    /// Starts one more instance of `service` and waits until it is ready.
    public ServiceProcess add(Service service) {
        startOne(service);
        ServiceProcess added = processes.getLast();
        added.awaitReady();
        return added;
    }

    private void startOne(Service service) {
        Path log = logs.resolve(service.module() + "-" + (all(service).size() + 1) + ".log");
        var properties = new HashMap<>(redis.settings());
        if (service == Service.GATEWAY) {
            // A machine that builds, tests and fails on purpose is late now and then.
            properties.put("fanfare.gateway.handshake.max-loop-lag", "60s");
            // No balancer has to notice, and few clients have to go.
            properties.put("fanfare.gateway.drain.delay", "0s");
            properties.put("fanfare.gateway.drain.grace", "1s");
            properties.put("fanfare.gateway.drain.timeout", "6s");
        }
        if (service != Service.TELEMETRY) {
            properties.put("fanfare.access.anonymous", EVERYTHING);
            // All clients of a scenario have one address.
            properties.put("fanfare.access.limits.publishes-per-address", "0");
        }
        properties.putAll(settings.getOrDefault(service, Map.of()));
        if (linked.contains(service)) {
            RedisLink link = RedisLink.to(redis().uri());
            ServiceProcess process = ServiceProcess.start(service, link.uri().toString(), properties, jvmOptions, log);
            links.put(process, link);
            processes.add(process);
        } else {
            processes.add(ServiceProcess.start(service, redis.hosts(), properties, jvmOptions, log));
        }
    }

    /// The one server of an installation that was built without [Builder#on].
    public RedisServer redis() {
        if (redis instanceof RedisTopology.Single(RedisServer server)) {
            return server;
        }
        throw new IllegalStateException("there is more than one Redis: " + redis);
    }

    /// The instances of `service`, in the order in which they were started.
    public List<ServiceProcess> all(Service service) {
        return processes.stream()
                .filter(process -> process.service() == service)
                .toList();
    }

    public ServiceProcess gateway() {
        return all(Service.GATEWAY).getFirst();
    }

    public ServiceProcess publisher() {
        return all(Service.PUBLISHER).getFirst();
    }

    /// The way from `process` to Redis, for a service that was [Builder#linked].
    public RedisLink link(ServiceProcess process) {
        RedisLink link = links.get(process);
        if (link == null) {
            throw new IllegalStateException(process.service() + " was not built as linked");
        }
        return link;
    }

    /// A client of the first gateway.
    public WebSocketProbe connect() {
        return connect(gateway());
    }

    /// A client of `gateway` without a subprotocol, as the tutorial's is.
    public WebSocketProbe connect(ServiceProcess gateway) {
        return WebSocketProbe.connect(gateway.webSocket("/ws"));
    }

    /// The end of each service's log.
    public String logTails() {
        return processes.stream().map(ServiceProcess::logTail).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        processes.forEach(ServiceProcess::requestStop);
        processes.forEach(ServiceProcess::close);
        processes.clear();
        links.values().forEach(RedisLink::close);
        links.clear();
        redis.close();
    }

    /// Carries the logs into the report of a failed test.
    private static final class Logs extends Exception {
        private static final long serialVersionUID = 1L;

        Logs(String tails) {
            super("what the services printed\n" + tails, null, false, false);
        }
    }

    /// How many of what, and how configured.
    public static final class Builder {
        private final Map<Service, Integer> instances = new EnumMap<>(Service.class);
        private final Map<Service, Map<String, String>> settings = new EnumMap<>(Service.class);

        private final List<String> jvmOptions = new ArrayList<>();
        private final Set<Service> linked = EnumSet.noneOf(Service.class);

        private RedisTopology redis = RedisTopology.single();

        private Builder() {}

        /// Uses `topology` instead of a single Redis.
        public Builder on(RedisTopology topology) {
            redis = topology;
            return this;
        }

        public Builder gateways(int count) {
            instances.put(Service.GATEWAY, count);
            return this;
        }

        public Builder publishers(int count) {
            instances.put(Service.PUBLISHER, count);
            return this;
        }

        public Builder pollers(int count) {
            instances.put(Service.TELEMETRY, count);
            return this;
        }

        /// Gives each instance of `service` a way of its own to Redis, which [Fanfare#link] can spoil.
        public Builder linked(Service service) {
            linked.add(service);
            return this;
        }

        /// Configures all instances of `service`; `key` as in the reference of the configuration.
        public Builder setting(Service service, String key, String value) {
            settings.computeIfAbsent(service, _ -> new LinkedHashMap<>()).put(key, value);
            return this;
        }

        /// Runs the services on a JVM that is soon ready and busies itself little, which many processes on few
        /// cores need; it is slower in the long run.
        public Builder quickToStart() {
            jvmOptions.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
            return this;
        }

        public Fanfare build() {
            return new Fanfare(this);
        }
    }
}
