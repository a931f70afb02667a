package dev.fanfare.redis.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.fanfare.redis.resp.RedisWire;
import dev.fanfare.redis.resp.RespValue;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Proves again and again that one connection works, both ways. Confined to its loop.
final class Pulse {

    /*
     * Two questions in each beat
     * --------------------------
     *   HELLO                  answers? still the primary?     finds half-open links, frozen servers and
     *                                                          demoted primaries; HELLO tells the role
     *                                                          and needs no permission, unlike ROLE
     *   SPUBLISH canary <time> does the message come back?     finds a Redis that answers but pushes
     *                                                          nothing, or pushes seconds late
     *
     * The message carries the time at which it was sent, so what is judged is how old the newest message
     * is that has made the round, not when it came.
     *
     * Messages of one connection come in the order in which they were sent. So when one comes back before
     * an older one, the older one never will, and whatever was pushed about then is missing too, although
     * the connection delivers again. It is given up, because the next one repairs every channel.
     */

    /// Takes the verdict on the connection.
    interface Observer {

        /// The test message has come back.
        void onEcho();

        /// The slot of the test message belongs to another server.
        void onCanaryMisplaced();

        /// The connection is of no use any more.
        void onIll(LossReason reason, String detail);
    }

    private static final List<String> HELLO = List.of("HELLO");

    private final RedisWire wire;
    private final PubSubNaming naming;
    private String canary;
    private final FeedLoop loop;
    private final FeedConfig config;
    private final FeedMetrics metrics;
    private final Observer observer;

    private long nextBeatNanos;
    private long lastTickNanos;
    private volatile long provenNanos;

    /// When the test messages were sent that have not come back, oldest first.
    private final Deque<Long> underway = new ArrayDeque<>();

    Pulse(RedisWire wire, FeedLink.Setup setup, String canary, FeedLoop loop, Observer observer) {
        this.wire = wire;
        this.naming = setup.naming();
        this.canary = canary;
        this.loop = loop;
        this.config = setup.config();
        this.metrics = setup.metrics();
        this.observer = observer;
        long now = loop.nanoTime();
        this.nextBeatNanos = now;
        this.lastTickNanos = now;
        this.provenNanos = now;
    }

    /// Subscribes the test message, ahead of everything else.
    void start() {
        wire.change(naming.subscribeCanary(), List.of(canary), new RedisWire.Acknowledgement() {
            @Override
            public void onAcknowledged(int index) {
                nextBeatNanos = loop.nanoTime();
                tick();
            }

            @Override
            public void onRefused(RespValue.Failure why) {
                if (why.is("MOVED")) {
                    observer.onCanaryMisplaced();
                } else {
                    observer.onIll(LossReason.REFUSED, why.text());
                }
            }
        });
    }

    /// Goes on with another test message, because the slot of the old one is not here any more.
    void restart(String newCanary) {
        canary = newCanary;
        underway.clear();
        start();
    }

    boolean isCanary(String name) {
        return canary.equals(name);
    }

    /// Looks after the connection; called several times in a probe interval.
    void tick() {
        long now = loop.nanoTime();
        boolean late = now - lastTickNanos > config.replyTimeout().toNanos() / 2;
        lastTickNanos = now;
        if (late) {
            // This process was stopped, not Redis: what came meanwhile is read only after this turn.
            return;
        }
        if (wire.longestWaitNanos() > config.replyTimeout().toNanos()) {
            observer.onIll(
                    LossReason.UNANSWERED,
                    "no answer for " + config.replyTimeout().toMillis() + " ms");
        } else if (!isProvenAt(now)) {
            observer.onIll(
                    LossReason.DEAF,
                    "no test message for " + config.deafTimeout().toMillis() + " ms");
        } else if (now - nextBeatNanos >= 0) {
            nextBeatNanos = now + config.probeInterval().toNanos();
            beat(now);
        }
    }

    private void beat(long now) {
        wire.send(HELLO, reply -> onHello(now, reply));
        underway.add(now);
        wire.send(List.of(naming.publishCanary(), canary, Long.toString(now)), reply -> onPublished(now, reply));
    }

    private void onHello(long sentNanos, RespValue reply) {
        metrics.answered(Duration.ofNanos(loop.nanoTime() - sentNanos));
        if (isReplica(reply)) {
            observer.onIll(LossReason.DEMOTED, "the server is a replica now");
        }
    }

    private void onPublished(long sentNanos, RespValue reply) {
        if (reply instanceof RespValue.Failure why) {
            underway.remove(sentNanos);
            if (!why.is("MOVED")) {
                observer.onIll(LossReason.REFUSED, why.text());
            }
        }
    }

    /// Whether the reply to HELLO comes from anything but a primary.
    static boolean isReplica(RespValue greeting) {
        return greeting.member("role").text().equals("replica");
    }

    /// A test message has come back.
    void onCanary(byte[] payload) {
        long sentNanos;
        try {
            sentNanos = Long.parseLong(new String(payload, ISO_8859_1));
        } catch (NumberFormatException notOurs) {
            return;
        }
        long now = loop.nanoTime();
        metrics.echoed(Duration.ofNanos(now - sentNanos));
        if (hasOvertaken(sentNanos)) {
            observer.onIll(LossReason.DROPPED, "a test message was dropped");
            return;
        }
        provenNanos = Math.max(provenNanos, Math.min(sentNanos, now));
        observer.onEcho();
    }

    /// Takes note of a return; whether an older message has not returned.
    private boolean hasOvertaken(long sentNanos) {
        Long oldest = underway.peek();
        return underway.removeIf(at -> at - sentNanos <= 0) && oldest != null && oldest - sentNanos < 0;
    }

    /// Whether the connection has delivered lately. Called from any thread.
    boolean isProvenAt(long nowNanos) {
        return nowNanos - provenNanos <= config.deafTimeout().toNanos();
    }
}
