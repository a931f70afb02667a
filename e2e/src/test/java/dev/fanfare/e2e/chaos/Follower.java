package dev.fanfare.e2e.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.e2e.installation.Frames;
import dev.fanfare.e2e.installation.ServiceProcess;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A client as the protocol wants it: subscribes to some channels, and whenever its connection ends comes
/// back at any gateway with the positions that it holds.
final class Follower implements Runnable {

    private static final Duration PING_EVERY = Duration.ofMillis(500);

    /// A gateway that is frozen answers no ping; the client does not wait for the network to notice.
    private static final Duration SILENT_AT_MOST = Duration.ofSeconds(3);

    private static final int LONGEST_BACKOFF_MILLIS = 250;

    private final String name;
    private final List<ServiceProcess> gateways;
    private final HttpClient http;
    private final Random random;
    private final CountDownLatch end;
    private final Map<String, Track> tracks = new LinkedHashMap<>();
    private volatile boolean wantsAway;
    private volatile @Nullable Wire wire;

    /// @param end when it shall go for good
    Follower(
            String name,
            List<String> channels,
            List<ServiceProcess> gateways,
            HttpClient http,
            Random random,
            CountDownLatch end) {
        this.name = name;
        this.gateways = gateways;
        this.http = http;
        this.random = random;
        this.end = end;
        channels.forEach(channel -> tracks.put(channel, new Track(name, channel)));
    }

    /// Drops the connection without a word, and stays away until [#comeBack]. From any thread.
    void leave() {
        wantsAway = true;
        Wire open = wire;
        if (open != null) {
            open.abort();
        }
    }

    /// Undoes [#leave]. From any thread.
    void comeBack() {
        wantsAway = false;
    }

    String name() {
        return name;
    }

    Stream<Track> tracks() {
        return tracks.values().stream();
    }

    @Override
    public void run() {
        try {
            do {
                if (!wantsAway) {
                    visit(gateways.get(random.nextInt(gateways.size())));
                }
            } while (!end.await(random.nextInt(LONGEST_BACKOFF_MILLIS), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void visit(ServiceProcess gateway) throws InterruptedException {
        Wire open = Wire.open(http, gateway.webSocket("/ws"));
        if (open == null) {
            return;
        }
        wire = open;
        try {
            converse(open);
        } finally {
            wire = null;
            open.abort();
            tracks.values().forEach(track -> track.add(new Seen.Away()));
        }
    }

    private void converse(Wire open) throws InterruptedException {
        Map<String, StreamPosition> asked = new LinkedHashMap<>();
        for (Track track : tracks.values()) {
            StreamPosition position = track.position();
            if (position != null) {
                asked.put(track.channel(), position);
            }
            open.send(subscribe(track));
        }
        long heardAt = System.nanoTime();
        long pingAt = heardAt + PING_EVERY.toNanos();
        while (end.getCount() > 0) {
            String frame = open.receive(PING_EVERY);
            long now = System.nanoTime();
            if (frame != null) {
                heardAt = now;
                take(Frames.parse(frame), asked);
            } else if (open.hasEnded() || now - heardAt > SILENT_AT_MOST.toNanos()) {
                return;
            }
            if (now > pingAt) {
                open.send("{\"action\":\"ping\"}");
                pingAt = now + PING_EVERY.toNanos();
            }
        }
    }

    private static String subscribe(Track track) {
        String start = "{\"action\":\"subscribe\",\"id\":1,\"channel\":\"" + track.channel() + "\"";
        StreamPosition from = track.position();
        if (from == null) {
            return start + "}";
        }
        String messageId = track.messageId() == null ? "" : ",\"messageId\":\"" + track.messageId() + "\"";
        return start + ",\"recover\":{\"epoch\":\"" + from.epoch() + "\",\"offset\":" + from.offset() + messageId
                + "}}";
    }

    private void take(JsonNode frame, Map<String, StreamPosition> asked) {
        if (frame.has("error")) {
            throw new IllegalStateException(name + " was answered with " + frame);
        }
        Track track = frame.has("channel") ? tracks.get(frame.get("channel").asText()) : null;
        if (track == null) {
            return;
        }
        if (frame.has("message")) {
            track.add(new Seen.Received(
                    position(frame),
                    frame.get("id").asText(),
                    frame.get("message").get("n").asInt()));
            return;
        }
        switch (frame.get("event").asText()) {
            case "subscribed" ->
                track.add(new Seen.Joined(
                        asked.get(track.channel()), frame.get("recovered").asBoolean(), position(frame)));
            case "discontinuity" -> track.add(new Seen.Told(frame.get("reason").asText(), position(frame)));
            default -> throw new IllegalStateException(name + " does not understand " + frame);
        }
    }

    private static StreamPosition position(JsonNode frame) {
        return new StreamPosition(
                frame.get("epoch").asText(), frame.get("offset").asLong());
    }
}
