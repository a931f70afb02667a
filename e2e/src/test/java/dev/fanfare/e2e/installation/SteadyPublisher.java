package dev.fanfare.e2e.installation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Publishes 1, 2, 3, … to a channel at a steady pace, until it is closed.
public final class SteadyPublisher implements AutoCloseable {

    private final PublishApi api;
    private final String channel;
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final List<Long> acknowledgedNanos = new ArrayList<>();

    private SteadyPublisher(PublishApi api, String channel) {
        this.api = api;
        this.channel = channel;
    }

    /// Begins, with one message in every `pace` as long as the publisher keeps up.
    public static SteadyPublisher start(PublishApi api, String channel, Duration pace) {
        var publisher = new SteadyPublisher(api, channel);
        var _ = publisher.pace.scheduleAtFixedRate(publisher::publish, 0, pace.toMillis(), TimeUnit.MILLISECONDS);
        return publisher;
    }

    private void publish() {
        String next = String.valueOf(acknowledged() + 1);
        // The number is the id as well: what is repeated after a failure is stored once.
        if (api.publish(channel, next, next).status() / 100 == 2) {
            synchronized (this) {
                acknowledgedNanos.add(System.nanoTime());
            }
        }
    }

    /// The newest number that was acknowledged, or 0.
    public synchronized int acknowledged() {
        return acknowledgedNanos.size();
    }

    /// The newest number that was acknowledged before `nanos`, by `System.nanoTime`, or 0.
    public synchronized int acknowledgedBefore(long nanos) {
        return (int) acknowledgedNanos.stream().filter(at -> at - nanos < 0).count();
    }

    /// Publishes no more; everything that was published is acknowledged then.
    public void stop() {
        pace.close();
    }

    @Override
    public void close() {
        stop();
    }
}
