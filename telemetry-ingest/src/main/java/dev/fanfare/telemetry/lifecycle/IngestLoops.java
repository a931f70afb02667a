package dev.fanfare.telemetry.lifecycle;

import dev.fanfare.contract.broker.ChannelHistory;
import dev.fanfare.contract.broker.LeaseKeeper;
import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.telemetry.leadership.Leadership;
import dev.fanfare.telemetry.leadership.LeadershipMetrics;
import dev.fanfare.telemetry.leadership.LeaseConfig;
import dev.fanfare.telemetry.poll.Follower;
import dev.fanfare.telemetry.poll.PollMetrics;
import dev.fanfare.telemetry.poll.Poller;
import dev.fanfare.telemetry.poll.SourceLoop;
import dev.fanfare.telemetry.poll.Ticker;
import dev.fanfare.telemetry.publish.Bookmark;
import dev.fanfare.telemetry.publish.SamplePublisher;
import dev.fanfare.telemetry.source.EventSource;
import dev.fanfare.telemetry.source.HttpSource;
import dev.fanfare.telemetry.source.IssOrbit;
import dev.fanfare.telemetry.source.SourceKind;
import dev.fanfare.telemetry.source.SourceSettings;
import dev.fanfare.telemetry.source.SourcesConfig;
import dev.fanfare.telemetry.source.SourcesConfig.Model;
import dev.fanfare.telemetry.source.TelemetrySource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The loops of all sources: built from the configuration, started and stopped with the service.
@Singleton
public final class IngestLoops {

    private static final Logger LOG = Logger.getLogger(IngestLoops.class);

    private final List<SourceSettings> sources;
    private final List<Runnable> clientCloses = new ArrayList<>();
    private final List<Leadership> loops = new ArrayList<>();
    private final Clock clock = Clock.systemUTC();
    private volatile boolean isStarted;

    IngestLoops(
            SourcesConfig sourcesConfig,
            LeaseConfig leaseConfig,
            MessagePublisher broker,
            ChannelHistory history,
            LeaseKeeper leases,
            MeterRegistry registry) {
        sources = SourceSettings.of(sourcesConfig);
        String owner = "telemetry-ingest-" + UUID.randomUUID();
        for (SourceSettings source : sources) {
            var metrics = new LeadershipMetrics(source.name(), registry);
            loops.add(new Leadership(
                    loopOf(source, broker, history, registry), leases, owner, leaseConfig, metrics, Ticker.SYSTEM));
        }
    }

    private SourceLoop loopOf(
            SourceSettings source, MessagePublisher broker, ChannelHistory history, MeterRegistry registry) {
        var publisher = new SamplePublisher(source.name(), source.channel(), broker, clock);
        var metrics = new PollMetrics(source.name(), registry, Ticker.SYSTEM);
        return switch (source.kind()) {
            case SourceKind.Polled kind -> {
                var real = new HttpSource(source, kind);
                clientCloses.add(real::close);
                yield Poller.of(source, real, modelOf(source.model(), clock), publisher, metrics, Ticker.SYSTEM);
            }
            case SourceKind.EventStream kind -> {
                var events = new EventSource(source, kind);
                clientCloses.add(events::close);
                var bookmark = new Bookmark(source.name(), source.channel(), history);
                yield new Follower(source, kind.idleTimeout(), events, bookmark, publisher, metrics, Ticker.SYSTEM);
            }
        };
    }

    private static @Nullable TelemetrySource modelOf(Model model, Clock clock) {
        return switch (model) {
            case NONE -> null;
            case ISS_ORBIT -> new IssOrbit(clock);
        };
    }

    void start(@Observes StartupEvent event) {
        for (SourceSettings source : sources) {
            LOG.infof(
                    "source configured source=%s channel=%s url=%s interval=%s model=%s",
                    source.name(), source.channel(), source.address(), source.interval(), source.model());
        }
        loops.forEach(Leadership::start);
        isStarted = true;
    }

    /// Side by side, so that the wait is that of one loop whatever the number of sources.
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        List<Thread> stops = loops.stream()
                .map(loop -> Thread.ofVirtual().start(() -> stop(loop)))
                .toList();
        for (Thread stop : stops) {
            stop.join();
        }
        clientCloses.forEach(Runnable::run);
    }

    private static void stop(Leadership loop) {
        try {
            loop.stop();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// `leader` or `standby`, by name of source.
    Map<String, String> roles() {
        return loops.stream()
                .collect(Collectors.toMap(Leadership::source, loop -> loop.isLeading() ? "leader" : "standby"));
    }

    /// Whether every loop has been started and none has ended.
    boolean isRunning() {
        return isStarted && loops.stream().allMatch(Leadership::isRunning);
    }

    /// Whether a loop has not been heard of for too long.
    boolean isStuck() {
        return loops.stream().anyMatch(Leadership::isStuck);
    }
}
