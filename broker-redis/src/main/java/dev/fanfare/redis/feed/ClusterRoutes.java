package dev.fanfare.redis.feed;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.redis.keys.Partition;
import dev.fanfare.redis.resp.RedisEndpoint;
import dev.fanfare.redis.resp.RedisWire;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One connection to each primary of a cluster that carries a partition; partitions move between them as
/// their slots do.
final class ClusterRoutes implements Routes, FeedLink.Keeper, TopologyWatch.Observer {

    /*
     * One loop for all
     * ----------------
     * Channels change hands while subscribes and messages come in. All links share one event loop, so
     * that a move is a plain method call: no lock, and no message that overtakes it.
     *
     * A move
     * ------
     *   misplaced   a node says MOVED, or ends a subscription by itself because the slot has left:
     *               the partition becomes homeless at once, and the map is read at once
     *   new map     every partition whose owner has changed is released by the old link (its channels
     *               are told lost) and adopted by the new one (regained when acknowledged)
     *
     * The other partitions of both links notice nothing. A node that has not heard of a move yet would
     * send its partitions back; so a partition that is well where it is only follows a greater epoch.
     */

    private static final class Node {
        private final RedisEndpoint endpoint;
        private final FeedLink link;
        private final BitSet partitions = new BitSet(Partition.COUNT);
        private int canary;
        private boolean canaryMisplaced;

        private Node(RedisEndpoint endpoint, FeedLink link, int canary) {
            this.endpoint = endpoint;
            this.link = link;
            this.canary = canary;
        }
    }

    private static final Logger LOG = Logger.getLogger(ClusterRoutes.class);

    private final String id;
    private final FeedLink.Setup setup;
    private final FeedLoop loop;
    private final TopologyWatch watch;
    private final Map<RedisEndpoint, Node> nodes = new HashMap<>();
    private final Map<Integer, Node> owners = new HashMap<>();
    /// The greatest configuration epoch under which each partition was carried.
    private final long[] epochs = new long[Partition.COUNT];

    private final Subscriptions homeless;
    private int linksMade;
    private volatile List<FeedLink> links = List.of();
    private volatile boolean whole;

    /// @param id unique to the process
    /// @param seeds nodes of the cluster, not necessarily all
    ClusterRoutes(String id, FeedLink.Setup setup, FeedLoop loop, List<RedisEndpoint> seeds) {
        this.id = id;
        this.setup = setup;
        this.loop = loop;
        FeedConfig config = setup.config();
        var questions = new Questions(setup.opener(), loop, config.replyTimeout());
        this.watch = new TopologyWatch(seeds, questions, loop, config.topologyInterval(), this);
        this.homeless = new Subscriptions(setup, loop, Subscriptions.Owner.NOBODY);
    }

    @Override
    public void start() {
        loop.execute(() -> {
            setWhole(false);
            watch.readSoon(null);
        });
    }

    /// @param isWhole whether every partition has a link
    private void setWhole(boolean isWhole) {
        whole = isWhole;
        setup.metrics().expected(isWhole ? nodes.size() : nodes.size() + 1);
    }

    @Override
    public void subscribe(Channel channel, CompletableFuture<Void> future) {
        loop.execute(() -> carrierOf(channel).subscribe(channel, future));
    }

    @Override
    public void unsubscribe(Channel channel) {
        loop.execute(() -> carrierOf(channel).unsubscribe(channel));
    }

    private Subscriptions carrierOf(Channel channel) {
        Node owner = owners.get(Partition.of(channel).number());
        return owner == null ? homeless : owner.link.subscriptions();
    }

    @Override
    public boolean isLive() {
        return whole && links.stream().allMatch(FeedLink::isLive);
    }

    @Override
    public CompletableFuture<Void> close() {
        return CompletableFuture.runAsync(this::closeAll, loop::execute);
    }

    private void closeAll() {
        watch.close();
        nodes.values().forEach(node -> node.link.close());
        homeless.close();
        whole = false;
        setup.metrics().expected(0);
    }

    @Override
    public void onMap(SlotMap map) {
        BitSet moving = movedBy(map);
        if (!moving.isEmpty()) {
            List<Interest> interests = takeAway(moving);
            moving.stream().forEach(partition -> give(partition, map.claims().get(partition)));
            interests.forEach(interest -> carrierOf(interest.channel()).adopt(List.of(interest)));
            LOG.debugf("feed follows the cluster: partitions=%d channels=%d", moving.cardinality(), interests.size());
        }
        tidyUp();
    }

    /// The partitions that have another owner than the present one. One that nobody has stays where it
    /// is: there is nowhere better.
    private BitSet movedBy(SlotMap map) {
        var moved = new BitSet(Partition.COUNT);
        map.claims().forEach((partition, claim) -> {
            Node owner = owners.get(partition);
            boolean elsewhere = owner == null || !owner.endpoint.equals(claim.primary());
            if (elsewhere && (isAdrift(owner) || claim.epoch() > epochs[partition])) {
                moved.set(partition);
            }
            if (!elsewhere || moved.get(partition)) {
                epochs[partition] = Math.max(epochs[partition], claim.epoch());
            }
        });
        return moved;
    }

    private static boolean isAdrift(@Nullable Node owner) {
        return owner == null || owner.link.wire() == null;
    }

    private List<Interest> takeAway(BitSet partitions) {
        List<Interest> interests = new ArrayList<>(homeless.release(partitions));
        for (Node node : nodes.values()) {
            if (node.partitions.intersects(partitions)) {
                interests.addAll(node.link.subscriptions().release(partitions));
                node.partitions.andNot(partitions);
            }
        }
        partitions.stream().forEach(owners::remove);
        return interests;
    }

    private void give(int partition, SlotMap.@Nullable Claim claim) {
        if (claim != null) {
            Node node = nodes.computeIfAbsent(claim.primary(), newcomer -> newNode(newcomer, partition));
            node.partitions.set(partition);
            owners.put(partition, node);
        }
    }

    private Node newNode(RedisEndpoint endpoint, int canary) {
        PrimaryLocator locator = PrimaryLocator.among(List.of(endpoint));
        var link = new FeedLink(id + "-" + linksMade++, setup, loop, locator, this);
        return new Node(endpoint, link, canary);
    }

    /// Connects to new nodes, lets go of those without partitions, and sees to it that every link's test
    /// message is in a slot that its node has.
    private void tidyUp() {
        for (Node node : List.copyOf(nodes.values())) {
            if (node.partitions.isEmpty()) {
                nodes.remove(node.endpoint);
                node.link.close();
            } else if (node.canaryMisplaced || !node.partitions.get(node.canary)) {
                node.canary = anyOf(node.partitions);
                node.canaryMisplaced = false;
                node.link.moveCanary();
            }
            node.link.start();
        }
        links = nodes.values().stream().map(node -> node.link).toList();
        setWhole(owners.size() == Partition.COUNT);
    }

    /// Not the next one: slots are moved in order, and the test message would be chased from one to the next.
    private int anyOf(BitSet partitions) {
        int[] all = partitions.stream().toArray();
        return all[setup.random().nextInt(all.length)];
    }

    @Override
    public int canaryPartition(FeedLink link) {
        return nodeOf(link).canary;
    }

    @Override
    public void onDown(FeedLink link) {
        watch.readSoon(null);
    }

    @Override
    public void onMisplaced(FeedLink link, int partition) {
        Node node = nodeOf(link);
        if (node.canary == partition) {
            node.canaryMisplaced = true;
        }
        if (owners.get(partition) == node) {
            var only = new BitSet(Partition.COUNT);
            only.set(partition);
            homeless.adopt(takeAway(only));
            setWhole(false);
        }
        watch.readSoon(node.endpoint);
    }

    private Node nodeOf(FeedLink link) {
        for (Node node : nodes.values()) {
            if (node.link.equals(link)) {
                return node;
            }
        }
        throw new IllegalStateException("a closed link is still at work");
    }

    @Override
    public boolean isWell() {
        return isLive();
    }

    @Override
    public List<TopologyWatch.Source> sources() {
        List<TopologyWatch.Source> sources = new ArrayList<>();
        for (Node node : nodes.values()) {
            RedisWire wire = node.link.wire();
            if (wire != null) {
                sources.add(new TopologyWatch.Source(node.endpoint, wire));
            }
        }
        return sources;
    }
}
