package dev.fanfare.redis.feed;

import dev.fanfare.redis.resp.RedisEndpoint;
import dev.fanfare.redis.resp.RedisWire;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads the slot map of a cluster again and again: slowly while all is well, quickly while it is not,
/// and at once when somebody has noticed a change. Confined to one loop.
final class TopologyWatch {

    /// A node that can be asked over a connection that is open already.
    record Source(RedisEndpoint endpoint, RedisWire wire) {}

    /// Whoever wants to know.
    interface Observer {

        /// A new map, which may equal the last.
        void onMap(SlotMap map);

        /// Whether everything is where it belongs, so that there is no hurry.
        boolean isWell();

        /// The nodes with an open connection.
        List<Source> sources();
    }

    private static final Logger LOG = Logger.getLogger(TopologyWatch.class);

    /// Shortest pause between two reads: 100 ms, so that a storm of redirections costs one read.
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    /// Pause between reads while something is wrong: 500 ms, small against the seconds of a failover.
    private static final Duration HURRIED_PAUSE = Duration.ofMillis(500);

    private final List<RedisEndpoint> seeds;
    private final Questions questions;
    private final FeedLoop loop;
    private final Duration calmPause;
    private final Observer observer;
    private final RateLimitedLog warnings = new RateLimitedLog(LOG);
    private int turn;
    private boolean reading;
    private boolean urgent;
    private @Nullable RedisEndpoint preferred;
    private FeedLoop.@Nullable Timer next;
    private boolean closed;

    /// @param seeds nodes to ask when no connection is open
    TopologyWatch(
            List<RedisEndpoint> seeds, Questions questions, FeedLoop loop, Duration calmPause, Observer observer) {
        this.seeds = List.copyOf(seeds);
        this.questions = questions;
        this.loop = loop;
        this.calmPause = calmPause;
        this.observer = observer;
    }

    /// Reads the map as soon as possible.
    ///
    /// @param knower the node that seems to know more than the others, or null
    void readSoon(@Nullable RedisEndpoint knower) {
        preferred = knower != null ? knower : preferred;
        if (reading) {
            urgent = true;
        } else {
            readAfter(next == null ? Duration.ofNanos(1) : SHORTEST_PAUSE);
        }
    }

    void close() {
        closed = true;
        cancelNext();
    }

    private void readAfter(Duration pause) {
        cancelNext();
        if (!closed) {
            next = loop.schedule(pause, this::read);
        }
    }

    private void cancelNext() {
        if (next != null) {
            next.cancel();
        }
    }

    private void read() {
        reading = true;
        ask(candidates(), this::onRead);
    }

    private void onRead(@Nullable SlotMap map) {
        reading = false;
        if (closed) {
            return;
        }
        if (map != null) {
            observer.onMap(map);
        }
        boolean hurry = urgent || map == null || !observer.isWell();
        urgent = false;
        readAfter(hurry ? HURRIED_PAUSE : calmPause);
    }

    /// One way to ask one node.
    private record Candidate(
            RedisEndpoint endpoint, @Nullable RedisWire wire) {}

    /// The preferred node, then the connected ones beginning with another each time, then the seeds.
    private Deque<Candidate> candidates() {
        Deque<Candidate> candidates = new ArrayDeque<>();
        List<Source> sources = new ArrayList<>(observer.sources());
        turn++;
        for (int i = 0; i < sources.size(); i++) {
            Source source = sources.get((turn + i) % sources.size());
            var candidate = new Candidate(source.endpoint(), source.wire());
            if (source.endpoint().equals(preferred)) {
                candidates.addFirst(candidate);
            } else {
                candidates.addLast(candidate);
            }
        }
        preferred = null;
        for (int i = 0; i < seeds.size(); i++) {
            candidates.addLast(new Candidate(seeds.get((turn + i) % seeds.size()), null));
        }
        return candidates;
    }

    /// Asks one after the other until one has answered; null when none has.
    private void ask(Deque<Candidate> left, Consumer<@Nullable SlotMap> then) {
        Candidate candidate = left.poll();
        if (candidate == null || closed) {
            then.accept(null);
            return;
        }
        slotMap(candidate).onComplete(then::accept, failure -> {
            warnings.warn(
                    () -> "cluster node does not tell the slots: source=" + candidate.endpoint() + " error=" + failure);
            ask(left, then);
        });
    }

    private Future<SlotMap> slotMap(Candidate candidate) {
        RedisWire wire = candidate.wire();
        return wire == null
                ? questions.withConnectionTo(candidate.endpoint(), opened -> slotMap(candidate.endpoint(), opened))
                : slotMap(candidate.endpoint(), wire);
    }

    private Future<SlotMap> slotMap(RedisEndpoint asked, RedisWire wire) {
        return questions
                .ask(wire, SlotMap.SLOTS)
                .compose(slots -> questions.ask(wire, SlotMap.NODES).map(nodes -> SlotMap.read(slots, nodes, asked)));
    }
}
